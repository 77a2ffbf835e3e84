import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFile } from '../../../src/inspection/listing/listFile';
import { ownStructure } from '../../../src/inspection/listing/ownStructure';
import { flatGeometry } from '../../../src/inspection/listing/guessGeometry';
import { composedNorm } from '../../../src/inspection/numbers/composedNorm';
import { defaults } from '../../../src/gan/presets';
import { stubFile, type StubArrays } from './stubFile';

const arrays: StubArrays = {
  'd.conv1.parametrizations.weight.original': [4, 3, 3, 3],
  'd.conv1.parametrizations.weight.0._u': [4],
  'd.conv1.parametrizations.weight.0._v': [27],
  'd.conv1.bias': [4],
  'd.fc.parametrizations.weight.original': [1, 1024],
  'g.deconv1.weight': [8, 4, 4, 4],
  'g_ema.deconv1.weight': [8, 4, 4, 4],
  'adam.d.conv1.weight.exp_avg': [4, 3, 3, 3],
  'adam.g.deconv1.weight.exp_avg_sq': [8, 4, 4, 4],
};
const metadata = {
  format: 'sn-gan-1',
  step: '20',
  updatesD: '20',
  updatesG: '20',
  config: JSON.stringify({
    ...defaults,
    preset: 'quick',
    network: { ...defaults.network, architecture: 'quick' },
  }),
  layers: JSON.stringify([
    { name: 'd.conv1', kind: 'conv', normalized: true, stride: 2, padding: 1, inputSize: [32, 32] },
    { name: 'd.fc', kind: 'dense', normalized: true },
    {
      name: 'g.deconv1',
      kind: 'convTranspose',
      normalized: false,
      stride: 2,
      padding: 1,
      inputSize: [4, 4],
    },
  ]),
};

describe('listing a checkpoint of ours', () => {
  it('takes everything from its metadata and guesses nothing', async () => {
    const { layers, networks, own, writer, flaws } = await listFile(
      stubFile(arrays, 'safetensors', metadata),
      {},
    );
    expect(writer).toBe('sn-gan');
    expect(flaws).toEqual([]);
    expect(networks.map(({ name, role, layers: names }) => [name, role, names])).toEqual([
      ['d', 'discriminator', ['d.conv1', 'd.fc']],
      ['g', 'generator', ['g.deconv1']],
      ['g_ema', 'generator', ['g_ema.deconv1']],
    ]);
    expect(networks[0]).toMatchObject({ structure: { kind: 'sequence' }, structureGuessed: false });
    expect(layers.flatMap(({ guessed }) => guessed)).toEqual([]);
    expect(layers[0]).toMatchObject({
      normalization: 'stored',
      bias: 'd.conv1.bias',
      geometry: { stride: [2, 2], padding: [1, 1, 1, 1], inputSize: [32, 32] },
    });
    expect(layers[1].normalization).toBe('missing');
    expect(layers[3].geometry).toEqual(layers[2].geometry);
    expect(own).toMatchObject({ step: 20, checkpoints: [] });
  });

  it('tells the layers also where another version wrote the config', async () => {
    const { layers, own, flaws } = await listFile(
      stubFile(arrays, 'safetensors', { ...metadata, config: '{ "later": 1 }' }),
      {},
    );
    expect(layers).toHaveLength(4);
    expect(own).toBeUndefined();
    expect(flaws.join()).toMatch(/another version/);
  });

  it('guesses as with anybody’s file where its metadata is damaged', async () => {
    const { layers, networks } = await listFile(
      stubFile(arrays, 'safetensors', { ...metadata, layers: '[{' }),
      {},
    );
    expect(networks.map(({ name }) => name)).toEqual(['d', 'g', 'g_ema']);
    expect(layers.some(({ name }) => name.startsWith('adam'))).toBe(false);
    expect(layers[0].guessed).toContain('stride');
  });

  describe('in a run', () => {
    let run: string;
    beforeAll(() => {
      run = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-list-'));
      mkdirSync(path.join(run, 'checkpoints'));
      for (const name of ['step-000010', 'step-000020']) {
        writeFileSync(path.join(run, 'checkpoints', `${name}.safetensors`), '');
      }
    });
    afterAll(() => rmSync(run, { recursive: true }));

    it('knows the run and its other checkpoints, but only of a run', async () => {
      const file = path.join(run, 'checkpoints', 'step-000020.safetensors');
      const weights = { ...stubFile(arrays, 'safetensors', metadata), file };
      expect((await listFile(weights, {})).own?.run).toBeUndefined();
      writeFileSync(path.join(run, 'run.json'), '{}');
      const { own } = await listFile(weights, {});
      expect(own?.run).toBe(run);
      expect(own?.checkpoints.map(({ step }) => step)).toEqual([10, 20]);
    });
  });
});

describe('the structure of the ResNet of the paper’s Table 4', () => {
  const names = [
    ...['block1', 'block2'].flatMap((block) =>
      ['conv1', 'conv2', 'shortcut'].map((layer) => `d.${block}.${layer}`),
    ),
    ...['block3', 'block4'].flatMap((block) => [`d.${block}.conv1`, `d.${block}.conv2`]),
    'd.fc',
  ];
  const sizes: Record<string, number> = { block1: 32, block2: 16, block3: 8, block4: 8 };
  const geometries = new Map(
    names.map((name) => {
      const size = sizes[name.split('.')[1]] ?? 1;
      return [name, { ...flatGeometry, kind: 'conv' as const, inputSize: [size, size] as const }];
    }),
  );
  const structure = ownStructure('resnet', names, geometries);

  it('adds branches, halves by mean pools and sums over 8 x 8 pixels', () => {
    // With ones for all layers: (1/2 + 1/2) (1/2 + 1/2) (1 + 1) (1 + 1) 8 = 32.
    expect(composedNorm(structure, () => 1)).toBe(32);
    // A shortcut without a convolution stays 1 whatever the layers are: blocks 3 and 4 give 4 + 1.
    expect(composedNorm(structure, () => 2)).toBe((4 / 2 + 2 / 2) ** 2 * (4 + 1) ** 2 * 8 * 2);
    expect(composedNorm(structure, (name) => (name === 'd.fc' ? null : 1))).toBeNull();
  });
});

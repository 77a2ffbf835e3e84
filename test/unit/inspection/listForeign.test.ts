import { describe, expect, it } from 'vitest';
import { listFile } from '../../../src/inspection/listing/listFile';
import type { Corrections, LayerListing, NetworkPart } from '../../../src/shared/inspection';
import { stubFile, type StubArrays } from './stubFile';

/** Layers of Table 3 of the paper, for images of 32 pixels, as `torch.nn.Sequential` names them. */
const table3: StubArrays = Object.fromEntries(
  [3, 64, 64, 128, 128, 256, 256].flatMap((inputs, i): [string, number[]][] => {
    const outputs = [64, 64, 128, 128, 256, 256, 512][i];
    const kernel = i % 2 === 0 ? 3 : 4;
    return [
      [`module.netD.main.${2 * i}.weight_orig`, [outputs, inputs, kernel, kernel]],
      [`module.netD.main.${2 * i}.weight_u`, [outputs]],
      [`module.netD.main.${2 * i}.weight_v`, [inputs * kernel * kernel]],
      [`module.netD.main.${2 * i}.bias`, [outputs]],
    ];
  }),
);
const table3WithHead: StubArrays = {
  ...table3,
  'module.netD.out.weight_orig': [1, 8192],
  'module.netD.out.weight_u': [1],
};

async function layersOf(
  arrays: StubArrays,
  corrections: Corrections = {},
  format: Parameters<typeof stubFile>[1] = 'safetensors',
): Promise<LayerListing[]> {
  return [...(await listFile(stubFile(arrays, format), corrections)).layers];
}

const sizes = (layers: readonly LayerListing[]): number[] =>
  layers.map(({ geometry }) => geometry.inputSize[0]);

/** A structure in short: names, and what is between them. */
function short(part: NetworkPart | undefined): string {
  switch (part?.kind) {
    case undefined:
      return 'unknown';
    case 'layer':
      return part.name;
    case 'sequence':
      return part.parts.map(short).join(' ');
    case 'sum':
      return `(${part.branches.map(short).join(' + ')})`;
    case 'identity':
      return 'x';
    case 'averagePool':
      return 'mean';
    case 'sumPool':
      return `sum${part.inputSize.join('x')}`;
  }
}

describe('listing a file that does not describe its layers', () => {
  it('finds layers of the spectral norm hook with u, v and bias, and nothing else', async () => {
    const layers = await layersOf(table3WithHead);
    expect(layers).toHaveLength(8);
    expect(layers[1]).toMatchObject({
      name: 'module.netD.main.2',
      weight: 'module.netD.main.2.weight_orig',
      u: 'module.netD.main.2.weight_u',
      v: 'module.netD.main.2.weight_v',
      bias: 'module.netD.main.2.bias',
      rows: 64,
      columns: 1024,
      normalization: 'stored',
    });
    expect(layers[7].v).toBeUndefined();
  });

  it('guesses the geometry of the paper’s CNN from its shapes, and the size of its images', async () => {
    const layers = await layersOf(table3WithHead);
    expect(sizes(layers)).toEqual([32, 32, 16, 16, 8, 8, 4, 1]);
    expect(layers[0].geometry).toMatchObject({ stride: [1, 1], padding: [1, 1, 1, 1] });
    expect(layers[1].geometry).toMatchObject({ stride: [2, 2], padding: [1, 1, 1, 1] });
    expect(layers[0].guessed).toContain('stride');
    const larger = await layersOf({ ...table3WithHead, 'module.netD.out.weight_orig': [1, 18432] });
    expect(sizes(larger)).toEqual([48, 48, 24, 24, 12, 12, 6, 1]);
  });

  it('takes corrections for granted and lets them change what follows', async () => {
    const layers = await layersOf(table3, {
      'module.netD.main.0': { inputSize: [64, 64] },
      'module.netD.main.2': { stride: [4, 4] },
    });
    expect(sizes(layers)).toEqual([64, 64, 16, 16, 8, 8, 4]);
    expect(layers[1].corrected).toEqual(['stride']);
    expect(layers[1].guessed).not.toContain('stride');
    expect(layers[1].guessed).toContain('padding');
  });

  it('tells networks, their roles and wrappers apart', async () => {
    const { networks } = await listFile(
      stubFile({
        ...table3WithHead,
        'netG.l1.weight': [8192, 128],
        'netG.dc1.weight': [512, 256, 4, 4],
        'netG.out.weight': [3, 256, 3, 3],
        'netG_ema.l1.weight': [8192, 128],
        'state_dict.fc.weight': [2, 2],
      }),
      {},
    );
    expect(networks.map(({ name, role }) => [name, role])).toEqual([
      ['module.netD', 'discriminator'],
      ['netG', 'generator'],
      ['netG_ema', 'generator'],
      ['state_dict', 'unknown'],
    ]);
  });

  it('reads the transposed convolutions of DCGAN from their order', async () => {
    const layers = await layersOf({
      'netG.main.0.weight': [100, 512, 4, 4],
      'netG.main.1.weight': [512],
      'netG.main.3.weight': [512, 256, 4, 4],
      'netG.main.6.weight': [256, 128, 4, 4],
      'netG.main.9.weight': [128, 64, 4, 4],
      'netG.main.12.weight': [64, 3, 4, 4],
    });
    expect(layers.map(({ geometry }) => geometry.kind)).toEqual(Array(5).fill('convTranspose'));
    expect(layers[0].geometry).toMatchObject({ stride: [1, 1], padding: [0, 0, 0, 0] });
    expect(sizes(layers)).toEqual([1, 4, 8, 16, 32]);
    expect(layers[1]).toMatchObject({ rows: 256, columns: 512 * 16 });
  });

  it('reads the last convolution of DCGAN as one over the whole image', async () => {
    const layers = await layersOf({
      'main.0.weight': [64, 3, 4, 4],
      'main.2.weight': [128, 64, 4, 4],
      'main.5.weight': [256, 128, 4, 4],
      'main.8.weight': [512, 256, 4, 4],
      'main.11.weight': [1, 512, 4, 4],
    });
    expect(sizes(layers)).toEqual([64, 32, 16, 8, 4]);
    expect(layers[4].geometry).toMatchObject({ stride: [1, 1], padding: [0, 0, 0, 0] });
  });

  it('puts the residual blocks of the official snapshots together, with the class vectors', async () => {
    const block = (
      name: string,
      inputs: number,
      outputs: number,
      shortcut: boolean,
    ): StubArrays => ({
      [`updater/model:dis/${name}/c1/W`]: [outputs, inputs, 3, 3],
      [`updater/model:dis/${name}/c1/u`]: [1, outputs],
      [`updater/model:dis/${name}/c2/W`]: [outputs, outputs, 3, 3],
      [`updater/model:dis/${name}/c2/u`]: [1, outputs],
      ...(shortcut && { [`updater/model:dis/${name}/c_sc/W`]: [outputs, inputs, 1, 1] }),
      [`updater/optimizer:opt_dis/${name}/c1/W/m`]: [outputs, inputs, 3, 3],
    });
    const { networks, layers, writer } = await listFile(
      stubFile(
        {
          ...block('block1', 3, 8, true),
          ...block('block2', 8, 8, true),
          ...block('block3', 8, 8, false),
          'updater/model:dis/l4/W': [1, 8],
          'updater/model:dis/l_y/W': [10, 8],
        },
        'npz',
      ),
      {},
    );
    expect(writer).toBe('Chainer');
    expect(networks).toHaveLength(1);
    expect(networks[0]).toMatchObject({ role: 'discriminator', structureGuessed: true });
    expect(short(networks[0].structure).replaceAll('updater/model:dis/', '')).toBe(
      '(block1/c1 block1/c2 mean + mean block1/c_sc) (block2/c1 block2/c2 mean + block2/c_sc mean) ' +
        '(block3/c1 block3/c2 + x) sum8x8 (l4 + l_y)',
    );
    expect(sizes(layers)).toEqual([32, 32, 16, 16, 16, 16, 8, 8, 1, 1]);
    expect(layers.at(-1)?.geometry.kind).toBe('embedding');
  });

  it('turns kernels of TensorFlow round and knows its uneven padding', async () => {
    const layers = await layersOf(
      {
        'discriminator/conv2d/kernel': [5, 5, 3, 16],
        'discriminator/conv2d/sn_u': [1, 16],
        'discriminator/depthwise/depthwise_kernel': [3, 3, 16, 2],
        'discriminator/dense/kernel': [16 * 16 * 32, 1],
      },
      {},
      'tfjs',
    );
    expect(layers.map(({ shape }) => shape)).toEqual([
      [16, 3, 5, 5],
      [32, 1, 3, 3],
      [1, 8192],
    ]);
    expect(layers[0].geometry).toMatchObject({ stride: [2, 2], padding: [1, 2, 1, 2] });
    expect(layers[1].geometry.groups).toBe(16);
    expect(sizes(layers)).toEqual([32, 16, 1]);
    // Saved divided already.
    expect(layers[0].normalization).toBe('none');
  });

  it('says what it cannot judge instead of guessing', async () => {
    const { layers, flaws, networks } = await listFile(
      stubFile({
        'd.conv1.weight': [8, 3, 3, 3],
        'd.bn1.weight': [8],
        'd.bn1.running_var': [8],
        'd.conv2.parametrizations.weight.original0': [8, 1, 1, 1],
        'd.conv2.parametrizations.weight.original1': [8, 8, 3, 3],
        'd.conv3.parametrizations.weight.original': [8, 8, 3, 3],
        'd.volume.weight': [8, 8, 3, 3, 3],
        'd.fc.weight': [1, 8],
      }),
      {},
    );
    expect(layers.map(({ name }) => name)).toEqual(['d.conv1', 'd.conv3', 'd.fc']);
    expect(layers[1].normalization).toBe('missing');
    expect(flaws.join(' ')).toMatch(/weight normalisation/);
    expect(flaws.join(' ')).toMatch(/more than four sides/);
    expect(flaws.join(' ')).toMatch(/batch normalisation/);
    expect(networks[0].structure).toBeUndefined();
  });

  it('gives no structure where layers do not fit each other or meet by attention', async () => {
    const structureOf = async (arrays: StubArrays): Promise<unknown> =>
      (await listFile(stubFile(arrays), {})).networks[0].structure;
    const fitting = { 'd.c1.weight': [8, 3, 3, 3], 'd.c2.weight': [4, 8, 3, 3] };
    expect(await structureOf(fitting)).toBeDefined();
    expect(await structureOf({ ...fitting, 'd.c2.weight': [4, 9, 3, 3] })).toBeUndefined();
    expect(
      await structureOf({ ...fitting, 'd.attention.theta.weight': [4, 4, 1, 1] }),
    ).toBeUndefined();
  });

  it('tells a kernel that does not fit into its image', async () => {
    const [layer] = await layersOf(
      { 'conv.weight': [4, 3, 7, 7] },
      { conv: { inputSize: [4, 4], padding: [0, 0, 0, 0] } },
    );
    expect(layer.flaw).toMatch(/7 x 7 does not fit into an input of 4 x 4/);
    const [kind] = await layersOf({ 'fc.weight': [4, 3] }, { fc: { kind: 'conv' } });
    expect(kind.flaw).toMatch(/2 sides is no convolution/);
  });

  it('marks layers whose numbers take long', async () => {
    const layers = await layersOf(
      {
        'd.c1.weight': [512, 512, 3, 3],
        'd.c2.weight': [1024, 1024, 3, 3],
        'd.c3.weight': [256, 1024, 3, 3],
      },
      { 'd.c1': { inputSize: [4, 4] }, 'd.c3': { inputSize: [256, 256] } },
    );
    expect(layers.map(({ costly }) => costly)).toEqual([false, true, true]);
  });

  it('does not lose itself in a file of twenty thousand layers', async () => {
    const arrays = Object.fromEntries(
      Array.from({ length: 2e4 }, (_, i) => [`d${i % 7}.l${i}.weight`, [1, 1]]),
    );
    const { layers, flaws } = await listFile(stubFile(arrays), {});
    expect(layers).toHaveLength(3000);
    expect(flaws.join()).toContain('first 3000 of 20000 layers');
  });

  it('takes any matrices where no name is known', async () => {
    const { layers, networks } = await listFile(
      stubFile({ arr_0: [4, 3], arr_1: [4], arr_2: [4, 3, 3, 3] }, 'npz'),
      {},
    );
    expect(layers.map(({ name }) => name).sort()).toEqual(['arr_0', 'arr_2']);
    expect(networks[0]).toMatchObject({ role: 'unknown', structureGuessed: false });
  });
});

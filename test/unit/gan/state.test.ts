import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { resolveConfig } from '../../../src/gan/presets';
import { describeLayers, exportState, importState } from '../../../src/gan/state';
import { loadWasm } from '../../../src/runtime/wasm/load';
import type { ConfigFile } from '../../../src/shared/config';
import type { NamedArray } from '../../../src/shared/tensors';
import { hashValues } from '../../fixtures/torch/hashValues';

beforeAll(loadWasm);

function tinyGan(seed: number, changes: ConfigFile = {}): Gan {
  const network = { width: 0.05, latentDim: 4, ...changes.network };
  return new Gan(resolveConfig({ preset: 'quick', ...changes, network, seed }));
}

function trainOnce(gan: Gan): void {
  const z = tf.tensor2d(Float32Array.from(hashValues(1, 8, 2)), [2, 4]);
  const real = tf.tensor4d(Float32Array.from(hashValues(2, 6144, 2)), [2, 32, 32, 3]);
  gan.applyDiscriminator(gan.discriminatorGradients(real, z), 0.01);
  gan.applyGenerator(gan.generatorGradients(z), 0.01, 0);
}

const byName = (arrays: readonly NamedArray[]): Map<string, NamedArray> =>
  new Map(arrays.map((array) => [array.name, array]));

describe.each(['quick', 'cnn', 'resnet'] as const)('the state of %s', (architecture) => {
  it('brings another pair of networks to the same bits', async () => {
    const [gan, other] = [1, 2].map((seed) => tinyGan(seed, { network: { architecture } }));
    trainOnce(gan);
    const state = await exportState(gan);
    expect(await exportState(other)).not.toEqual(state);
    importState(other, byName(state), 'the test');
    expect(await exportState(other)).toEqual(state);
  });

  it('has everything that a step changes, each once', async () => {
    const gan = tinyGan(1, { network: { architecture } });
    const before = byName(await exportState(gan));
    // The first update changes weights, the second turns u and v after them.
    trainOnce(gan);
    trainOnce(gan);
    const after = await exportState(gan);
    expect(new Set(after.map(({ name }) => name)).size).toBe(after.length);
    const same = after.filter(({ name, data }) =>
      data.every((x, i) => x === before.get(name)?.data[i]),
    );
    // A bias in front of a batch norm has no gradient; the u of one output is ±1 for ever.
    for (const { name, data } of same) {
      if (data.length > 1) expect(name).toContain('bias');
    }
    const { parameters, batchNorms, spectralNorms } = {
      parameters: [...gan.generator.parameters, ...gan.discriminator.parameters],
      batchNorms: gan.generator.batchNorms,
      spectralNorms: gan.discriminator.spectralNorms,
    };
    expect(after).toHaveLength(
      // Raw value and two moments of each; the average of G's.
      3 * parameters.length +
        gan.generator.parameters.length +
        2 * batchNorms.length +
        2 * spectralNorms.length,
    );
  });
});

describe('a state that does not fit', () => {
  const damage: [string, (state: Map<string, NamedArray>) => void, RegExp][] = [
    [
      'lacks an array',
      (state) => state.delete('d.conv1.parametrizations.weight.0._u'),
      /^x\.safetensors has no array "d\.conv1\.parametrizations\.weight\.0\._u", which this config needs/,
    ],
    [
      'has another shape',
      (state) =>
        state.set('g.fc.bias', { name: 'g.fc.bias', shape: [3], data: new Float32Array(3) }),
      /^x\.safetensors: "g\.fc\.bias" has shape \[3\], but this config needs \[\d+\]; resume with/,
    ],
    [
      'has fewer values than its shape says',
      (state) => {
        const array = state.get('d.fc.bias') as NamedArray;
        state.set(array.name, { ...array, data: new Float32Array(0) });
      },
      /"d\.fc\.bias"/,
    ],
  ];

  it.each(damage)(
    'because it %s is refused by name, and nothing is changed',
    async (_, harm, message) => {
      const [gan, other] = [tinyGan(1), tinyGan(2)];
      const state = byName(await exportState(other));
      harm(state);
      const before = await exportState(gan);
      expect(() => importState(gan, state, 'x.safetensors')).toThrow(message);
      expect(await exportState(gan)).toEqual(before);
    },
  );

  it('may hold more than is needed', async () => {
    const averaged = byName(await exportState(tinyGan(1)));
    const without = tinyGan(2, { ema: { decay: 0 } });
    importState(without, averaged, 'x');
    for (const { name, data } of await exportState(without)) {
      expect(data).toEqual(averaged.get(name)?.data);
    }
  });
});

it('the description of layers says what an inspector needs of every linear layer', () => {
  const layers = describeLayers(tinyGan(1, { network: { architecture: 'cnn' } }));
  expect(
    layers.filter(({ name }) => name.startsWith('d.')).every(({ normalized }) => normalized),
  ).toBe(true);
  expect(
    layers.filter(({ name }) => name.startsWith('g.')).some(({ normalized }) => normalized),
  ).toBe(false);
  expect(layers.find(({ name }) => name === 'd.conv2')).toEqual({
    name: 'd.conv2',
    kind: 'conv',
    normalized: true,
    stride: 2,
    padding: 1,
    inputSize: [32, 32],
  });
  expect(layers.find(({ name }) => name === 'g.fc')).toEqual({
    name: 'g.fc',
    kind: 'dense',
    normalized: false,
  });
});

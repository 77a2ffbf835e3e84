import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import type { Network } from '../../../src/gan/network';
import { resolveConfig } from '../../../src/gan/presets';
import { loadWasm } from '../../../src/runtime/wasm/load';
import {
  assertFiniteArray,
  assertFiniteScalars,
  NonFiniteError,
} from '../../../src/trainer/finite';
import { assertFiniteWeights, findNonFinite } from '../../../src/trainer/nonFinite';
import { hashValues } from '../../fixtures/torch/hashValues';

beforeAll(loadWasm);

let gan: Gan;
let z: tf.Tensor2D;
let real: tf.Tensor4D;

beforeEach(() => {
  // The CNN of the paper has named layers that no preset changes.
  const network = { architecture: 'cnn', width: 0.05, latentDim: 4 } as const;
  gan = new Gan(resolveConfig({ preset: 'C', network }));
  z = tf.tensor2d(Float32Array.from(hashValues(1, 8, 2)), [2, 4]);
  real = tf.tensor4d(Float32Array.from(hashValues(2, 6144, 2)), [2, 32, 32, 3]);
});
afterEach(() => {
  gan.dispose();
  tf.dispose([z, real]);
});

const find = (): Promise<string> => findNonFinite(gan, { symptom: 'the loss', real, z });

/** Sets one value of a variable. */
function poison(variable: tf.Variable, value: number): void {
  const values = Float32Array.from(variable.dataSync());
  values[values.length >> 1] = value;
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}

function parameter(network: Network, name: string): tf.Variable {
  const found = network.parameters.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`No ${name}.`);
  return found.variable;
}

describe('findNonFinite', () => {
  it('names a weight of D', async () => {
    poison(parameter(gan.discriminator, 'conv4.weight'), NaN);
    expect(await find()).toBe('the values of conv4.weight of the discriminator contain NaN');
  });

  it('names a weight of G', async () => {
    poison(parameter(gan.generator, 'deconv2.weight'), -Infinity);
    expect(await find()).toBe('the values of deconv2.weight of the generator contain Infinity');
  });

  it.each(['u', 'v'] as const)('names %s, which spoils the whole layer', async (vector) => {
    const norm = gan.discriminator.spectralNorms[2];
    poison(norm[vector], NaN);
    expect(await find()).toBe(`the values of ${vector} of conv3 of the discriminator contain NaN`);
  });

  it('names an averaged weight', async () => {
    const [fc] = gan.generator.parameters;
    poison(gan.average?.of(fc) as tf.Variable, NaN);
    expect(await find()).toBe('the averaged values of fc.weight of the generator contain NaN');
  });

  it('names the training images', async () => {
    const spoilt = tf.tidy(() => tf.add<tf.Tensor4D>(real, NaN));
    expect(await findNonFinite(gan, { symptom: 'the loss', real: spoilt, z })).toBe(
      'the training images contain NaN',
    );
    spoilt.dispose();
  });

  it('names the layer of D whose outputs overflow although every weight is finite', async () => {
    // conv5 hands on 3e38 in every channel; the sums of conv6 exceed what float32 holds.
    tf.tidy(() => {
      const bias = parameter(gan.discriminator, 'conv5.bias');
      bias.assign(tf.fill(bias.shape, 3e38));
      const weight = parameter(gan.discriminator, 'conv6.weight');
      weight.assign(tf.ones(weight.shape));
      const [norm] = gan.discriminator.spectralNorms.slice(5);
      norm.advance();
    });
    expect(await find()).toBe('the outputs of conv6 of the discriminator contain Infinity');
  });

  it('names the layer of G whose outputs overflow', async () => {
    tf.tidy(() => {
      const beta = parameter(gan.generator, 'bn1.bias');
      beta.assign(tf.fill(beta.shape, 3e38));
      const weight = parameter(gan.generator, 'deconv2.weight');
      weight.assign(tf.ones(weight.shape));
    });
    expect(await find()).toBe('the outputs of deconv2 of the generator contain Infinity');
  });

  it('says so when only the symptom itself is not finite, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    expect(await find()).toBe('the loss is not finite although every weight and layer output is');
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the refusals', () => {
  it('of a state name step, array and value', () => {
    const name = 'adam.g.fc.weight.exp_avg';
    const bad = (): void => assertFiniteArray(name, Float32Array.of(1, NaN), 7);
    expect(bad).toThrow(NonFiniteError);
    expect(bad).toThrow(
      /^Step 7: the array adam\.g\.fc\.weight\.exp_avg contains NaN\. Training stopped/,
    );
    expect(() => assertFiniteArray(name, Float32Array.of(1, -0), 7)).not.toThrow();
  });

  it('of values that cannot be logged name the first tag', () => {
    expect(() => assertFiniteScalars({ 'loss/d': 1, 'sigma/conv2': Infinity }, 3)).toThrow(
      /^Step 3: sigma\/conv2 is Infinity\./,
    );
    expect(() => assertFiniteScalars({ 'loss/d': -1e300 }, 3)).not.toThrow();
  });

  it('of weights find one that no loss tells of', async () => {
    await expect(assertFiniteWeights(gan, 4)).resolves.toBeUndefined();
    const before = tf.memory().numTensors;
    poison(parameter(gan.generator, 'bn2.bias'), -Infinity);
    await expect(assertFiniteWeights(gan, 4)).rejects.toThrow(
      /^Step 4: the values of bn2\.bias of the generator contain Infinity\./,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

import '../../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { leakyRelu } from '../../../../src/gan/layers/activation';
import { conv } from '../../../../src/gan/layers/convolution';
import { dense } from '../../../../src/gan/layers/dense';
import type { LayerSpec } from '../../../../src/gan/layers/layer';
import { Network, ownWeights } from '../../../../src/gan/network';
import { addSpectralNorm } from '../../../../src/gan/spectralNorm';
import { inputGradientNorms } from '../../../../src/inspection/player/inputGradients';
import { hashValues } from '../../../fixtures/torch/hashValues';

const SIDE = 6;
const LENGTH = SIDE * SIDE * 3;
const init = { kind: 'normal', deviation: 0.3 } as const;

let network: Network;
afterEach(() => network.dispose());

function normalized(...layers: LayerSpec[]): Network {
  network = new Network('d', [SIDE, SIDE, 3], layers, 0);
  addSpectralNorm(network, { nPowerIterations: 1, warmUpIterations: 300, seed: 1 });
  return network;
}

const images = (count: number): Float32Array => Float32Array.from(hashValues(4, count * LENGTH, 2));

/** The norm of the gradient by central differences in every single pixel. */
function differencesNorm(image: Float32Array): number {
  const STEP = 1e-6;
  const moved = new Float32Array(2 * LENGTH * LENGTH);
  for (let i = 0; i < 2 * LENGTH; i++) {
    moved.set(image, i * LENGTH);
    moved[i * LENGTH + (i >> 1)] += i % 2 === 0 ? STEP : -STEP;
  }
  const outputs = tf.tidy(() => {
    const x = tf.tensor4d(moved, [2 * LENGTH, SIDE, SIDE, 3]);
    return network.forward(x, ownWeights({ moments: 'batch' })).dataSync();
  });
  const slopes = Array.from({ length: LENGTH }, (_, i) => outputs[2 * i] - outputs[2 * i + 1]);
  return Math.hypot(...slopes) / (2 * STEP);
}

describe('the gradient of D by its image', () => {
  it('has the norm that differences in every pixel have', async () => {
    normalized(
      conv('conv1', 5, { kernel: 3, init }),
      leakyRelu(0.1),
      conv('conv2', 6, { kernel: 4, stride: 2, init }),
      leakyRelu(0.1),
      dense('fc', [1], { init }),
    );
    const norms = await inputGradientNorms(network, images(3));
    expect(norms).toHaveLength(3);
    for (const [i, norm] of norms.entries()) {
      const expected = differencesNorm(images(3).slice(i * LENGTH, (i + 1) * LENGTH));
      expect(norm).toBeGreaterThan(0.01);
      // Rounding leaves some 1e-15 / 1e-6 in each slope.
      expect(Math.abs(norm - expected)).toBeLessThan(1e-7);
    }
  });

  it('of one normalised row is 1 everywhere', async () => {
    normalized(dense('fc', [1], { init }));
    for (const norm of await inputGradientNorms(network, images(2))) {
      // Norms are divided by with 1e-12 added.
      expect(norm).toBeCloseTo(1, 11);
    }
  });

  it('is each image’s own, however many are looked at, and leaves nothing behind', async () => {
    normalized(conv('conv', 4, { kernel: 3, init }), leakyRelu(0.1), dense('fc', [1], { init }));
    const before = tf.memory().numTensors;
    const all = await inputGradientNorms(network, images(130));
    const last = await inputGradientNorms(network, images(130).slice(129 * LENGTH));
    expect(last[0]).toBeCloseTo(all[129], 12);
    expect(new Set(all).size).toBeGreaterThan(2);
    expect(tf.memory().numTensors).toBe(before);
  });
});

import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { conv, convTranspose } from '../../../src/gan/layers/convolution';
import { dense } from '../../../src/gan/layers/dense';
import type { LayerSpec } from '../../../src/gan/layers/layer';
import { Network, ownWeights } from '../../../src/gan/network';
import { asMatrix, fromMatrix, isLinear, type LinearKind } from '../../../src/gan/parameter';
import { resolveConfig } from '../../../src/gan/presets';
import {
  addSpectralNorm,
  estimateSigma,
  iteratePower,
  normalizeWeight,
  SpectralNorm,
  type SingularVectors,
} from '../../../src/gan/spectralNorm';
import { architectures, type ConfigFile } from '../../../src/shared/config';
import { singularValues } from '../../../src/spectral/singularValues';
import { hashValues } from '../../fixtures/torch/hashValues';

const init = { kind: 'normal', deviation: 0.02 } as const;
const once = { nPowerIterations: 1, warmUpIterations: 15, seed: 3 };

/** Arrays of hashValues, so that nothing depends on the streams that are under test elsewhere. */
const hashed = (k: number, shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from(
      hashValues(
        k,
        shape.reduce((a, b) => a * b, 1),
      ),
    ),
    shape,
  );

function exactNorm(matrix: tf.Tensor2D): number {
  const [rows, columns] = matrix.shape;
  return singularValues({ rows, columns, data: Float64Array.from(matrix.dataSync()) })[0];
}

const weights: [LinearKind, number[]][] = [
  ['conv', [3, 3, 4, 6]],
  ['convTranspose', [4, 4, 5, 3]],
  ['dense', [7, 5]],
  ['embedding', [6, 4]],
];

describe.each(weights)('a normalised %s weight', (kind, shape) => {
  const W = hashed(1, shape);
  const matrix = asMatrix(kind, W);
  const [inputs, outputs] = matrix.shape;
  const unit = (x: tf.Tensor): tf.Tensor1D => tf.div(x, tf.norm(x));
  /** Any unit vectors: one power iteration from chance is far from the singular ones. */
  const stale: SingularVectors = {
    u: unit(hashed(2, [outputs])),
    v: unit(hashed(3, [inputs])),
  };

  it('has norm 1 once u and v are the singular vectors, whatever sigma was', () => {
    const vectors = iteratePower(matrix, stale.u, 2_000);
    expect(estimateSigma(matrix, vectors).dataSync()[0]).toBeCloseTo(exactNorm(matrix), 10);
    for (const scale of [1, 1e-3, 1e3]) {
      const normalized = normalizeWeight(tf.mul(W, scale), kind, vectors);
      expect(exactNorm(asMatrix(kind, normalized))).toBeCloseTo(1, 10);
    }
  });

  it('has the gradient of autodiff through W / (u^T W v), also for stale u and v', () => {
    const G = hashed(4, shape);
    const loss = (normalized: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.square(normalized), G));
    const ours = tf.grad((w) => loss(normalizeWeight(w, kind, stale)))(W);
    const uvT = tf.outerProduct(stale.v, stale.u);
    const traced = tf.grad((w) => {
      const sigma = tf.sum(tf.mul(asMatrix(kind, w), uvT));
      return loss(tf.div(w, sigma));
    })(W);
    const difference = tf.norm(tf.sub(ours, traced)).dataSync()[0];
    expect(difference / tf.norm(traced).dataSync()[0]).toBeLessThan(1e-13);
    // Scale-invariance in W.
    const inner = tf.sum(tf.mul(ours, W)).dataSync()[0];
    const lengths = tf.mul(tf.norm(ours), tf.norm(W)).dataSync()[0];
    expect(Math.abs(inner) / lengths).toBeLessThan(1e-13);
  });

  it('is read as a matrix and back without change', () => {
    expect([...fromMatrix(kind, matrix, shape).dataSync()]).toEqual([...W.dataSync()]);
  });
});

describe('a spectral normalisation', () => {
  const layers: [string, LayerSpec, number[]][] = [
    ['a convolution', conv('layer', 6, { kernel: 3, init }), [8, 8, 4]],
    [
      'a transposed convolution',
      convTranspose('layer', 5, { kernel: 4, stride: 2, init }),
      [4, 4, 6],
    ],
    ['a dense layer', dense('layer', [9], { init }), [4, 4, 3]],
  ];

  it.each(layers)('of %s starts warm: sigma is near the exact norm', (_, layer, inputShape) => {
    const network = new Network('d', inputShape, [layer], 0);
    addSpectralNorm(network, { ...once, warmUpIterations: 15 });
    const [norm] = network.spectralNorms;
    const { kind, variable } = norm.parameter;
    const exact = exactNorm(asMatrix(kind, variable));
    const estimate = norm.sigma().dataSync()[0];
    // Never above; below by the closeness of the two largest singular values.
    expect(estimate).toBeLessThan(exact * (1 + 1e-12));
    expect(estimate).toBeGreaterThan(exact * 0.97);
    network.dispose();
  });

  it('advances u and v by the configured number of iterations', () => {
    const network = new Network('d', [6, 6, 3], [conv('layer', 5, { kernel: 3, init })], 0);
    addSpectralNorm(network, { ...once, nPowerIterations: 3 });
    const [norm] = network.spectralNorms;
    norm.parameter.variable.assign(hashed(5, [3, 3, 3, 5]));
    const expected = iteratePower(asMatrix('conv', norm.parameter.variable), norm.vectors().u, 3);
    const before = norm.vectors();
    const heldU = [...before.u.dataSync()];
    norm.advance();
    expect([...norm.u.dataSync()]).toEqual([...expected.u.dataSync()]);
    expect([...norm.v.dataSync()]).toEqual([...expected.v.dataSync()]);
    // What was handed out before does not move.
    expect([...before.u.dataSync()]).toEqual(heldU);
    expect(tf.norm(norm.u).dataSync()[0]).toBeCloseTo(1, 10);
    network.dispose();
  });

  it('of a zero weight stays finite', () => {
    const vectors = iteratePower(tf.zeros([4, 3]), tf.tensor1d([1, 0, 0]), 5);
    expect([...vectors.u.dataSync(), ...vectors.v.dataSync()].every(Number.isFinite)).toBe(true);
  });
});

describe('addSpectralNorm', () => {
  it.each(architectures)(
    'covers every linear weight of the discriminator of %s',
    (architecture) => {
      const gan = tinyGan({ network: { architecture, width: 0.05, latentDim: 4 } });
      const { parameters, spectralNorms } = gan.discriminator;
      const linear = parameters.filter(isLinear);
      expect(linear.length).toBeGreaterThan(3);
      expect(linear.every(({ spectralNorm }) => spectralNorm instanceof SpectralNorm)).toBe(true);
      expect(spectralNorms).toHaveLength(linear.length);
      expect(gan.generator.spectralNorms).toEqual([]);
      gan.dispose();
    },
  );

  it('leaves a weight that is normalised already as it is', () => {
    const network = new Network(
      'd',
      [3],
      [dense('a', [4], { init }), dense('b', [2], { init })],
      0,
    );
    addSpectralNorm(network, once);
    const first = [...network.spectralNorms];
    addSpectralNorm(network, { ...once, seed: 99 });
    expect(network.spectralNorms).toEqual(first);
    network.spectralNorms.forEach((norm, i) => expect(norm).toBe(first[i]));
  });

  it('does not touch the raw weight, and every forward pass divides it by sigma', () => {
    const network = new Network('d', [3], [dense('fc', [4], { bias: false, init })], 0);
    const [{ variable }] = network.parameters;
    const raw = [...variable.dataSync()];
    addSpectralNorm(network, once);
    const x = hashed(6, [2, 3]);
    const y = network.forward(x, ownWeights({ moments: 'batch' }));
    const sigma = network.spectralNorms[0].sigma();
    const expected = tf.matMul(x, tf.div<tf.Tensor2D>(variable, sigma));
    expect(tf.max(tf.abs(tf.sub(y, expected))).dataSync()[0]).toBeLessThan(1e-14);
    expect([...variable.dataSync()]).toEqual(raw);
  });
});

let gans: Gan[] = [];
afterEach(() => {
  gans.forEach((gan) => gan.dispose());
  gans = [];
});

function tinyGan(changes: ConfigFile = {}): Gan {
  return new Gan(
    resolveConfig({ preset: 'quick', network: { width: 0.1, latentDim: 4 }, ...changes }),
  );
}

function keptGan(changes: ConfigFile = {}): Gan {
  const gan = tinyGan(changes);
  gans.push(gan);
  return gan;
}

describe('training', () => {
  const z = hashed(7, [2, 4]) as tf.Tensor2D;
  const real = hashed(8, [2, 32, 32, 3]) as tf.Tensor4D;
  const vectorsOf = ({ discriminator }: Gan): number[][] =>
    discriminator.spectralNorms.map(({ u }) => [...u.dataSync()]);
  /** u after `times` advances at the present weights. */
  const advanced = ({ discriminator }: Gan, times: number): number[][] =>
    discriminator.spectralNorms.map(({ parameter, u }) => {
      const matrix = asMatrix(parameter.kind, parameter.variable);
      return [...iteratePower(matrix, u as tf.Tensor1D, times).u.dataSync()];
    });

  it('advances u exactly once per update of D, before its forward passes', () => {
    const gan = keptGan();
    const expected = advanced(gan, 1);
    const gradients = gan.discriminatorGradients(real, z);
    expect(vectorsOf(gan)).toEqual(expected);
    gan.applyDiscriminator(gradients, 0.1);
    expect(vectorsOf(gan)).toEqual(expected);
  });

  it('leaves u alone in the update of G and in evaluation', () => {
    const gan = keptGan();
    const before = vectorsOf(gan);
    gan.applyGenerator(gan.generatorGradients(z), 0.1, 0);
    gan.discriminator.forward(real, ownWeights({ moments: 'batch' }));
    gan.discriminator.spectralNorms[0].sigma();
    expect(vectorsOf(gan)).toEqual(before);
  });

  it('advances u in every forward pass of D where the config says so: twice and once', () => {
    const gan = keptGan({ spectralNorm: { perForward: true } });
    const twice = advanced(gan, 2);
    gan.discriminatorGradients(real, z);
    expect(vectorsOf(gan)).toEqual(twice);
    const again = advanced(gan, 1);
    gan.generatorGradients(z);
    expect(vectorsOf(gan)).toEqual(again);
  });

  it("gives gradients of D's raw weights that are orthogonal to them", () => {
    const gan = keptGan();
    const { byParameter } = gan.discriminatorGradients(real, z);
    gan.discriminator.parameters.forEach((parameter, i) => {
      if (!isLinear(parameter)) return;
      const { variable, name } = parameter;
      const inner = tf.sum(tf.mul(byParameter[i], variable)).dataSync()[0];
      const lengths = tf.mul(tf.norm(byParameter[i]), tf.norm(variable)).dataSync()[0];
      expect(Math.abs(inner) / lengths, name).toBeLessThan(1e-12);
    });
  });

  it('leaves nothing behind but the gradients', () => {
    const gan = keptGan();
    const before = tf.memory().numTensors;
    const ofD = gan.discriminatorGradients(real, z);
    const ofG = gan.generatorGradients(z);
    const kept = [
      ofD.loss,
      ofD.scoreReal,
      ofD.scoreFake,
      ...ofD.byParameter,
      ofG.loss,
      ...ofG.byParameter,
    ];
    expect(tf.memory().numTensors - before).toBe(kept.length);
    tf.dispose(kept);
  });

  it('disposes of everything in the end', () => {
    const before = tf.memory().numTensors;
    tinyGan().dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

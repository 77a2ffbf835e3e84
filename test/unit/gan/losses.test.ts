import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ganLosses } from '../../../src/gan/losses';
import { losses, type LossName } from '../../../src/shared/config';

/** Scores on both sides of the kinks of the hinge. */
const real = [-2, -0.5, 0.5, 3];
const fake = [-3, -0.5, 0.5, 2];

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const logSigmoid = (x: number): number => -Math.log(1 + Math.exp(-x));

/** The losses as the paper and the blog write them. */
const written: Record<LossName, [d: number, g: number]> = {
  // -V_D of eq. 16 and -V_G of eq. 17.
  hinge: [
    -mean(real.map((r) => Math.min(0, -1 + r))) - mean(fake.map((f) => Math.min(0, -1 - f))),
    -mean(fake),
  ],
  'hinge-clamp': [
    -mean(real.map((r) => Math.min(r, 1))) + mean(fake.map((f) => Math.max(f, -1))),
    -mean(fake),
  ],
  // Eq. 15 with D the sigmoid of the score; G minimises -log D(G(z)).
  'non-saturating': [
    -mean(real.map(logSigmoid)) - mean(fake.map((f) => logSigmoid(-f))),
    -mean(fake.map(logSigmoid)),
  ],
  wasserstein: [mean(fake) - mean(real), -mean(fake)],
};

describe.each(losses)('the %s loss', (name) => {
  const { discriminator, generator } = ganLosses[name];
  const column = (values: number[]): tf.Tensor => tf.tensor2d(values, [values.length, 1]);

  it('is what is written', () => {
    const [d, g] = written[name];
    expect(discriminator(column(real), column(fake)).dataSync()[0]).toBeCloseTo(d, 14);
    expect(generator(column(fake)).dataSync()[0]).toBeCloseTo(g, 14);
  });

  it('takes batches of different sizes, and each mean for itself', () => {
    const twice = [...fake, ...fake];
    expect(discriminator(column(real), column(twice)).dataSync()[0]).toBeCloseTo(
      written[name][0],
      14,
    );
  });
});

it('the hinge of a D that says 0 to everything is 2, and 0 in its clamped form', () => {
  const nothing = tf.zeros([3, 1]);
  const of = (name: LossName): number =>
    ganLosses[name].discriminator(nothing, nothing).dataSync()[0];
  expect([of('hinge'), of('hinge-clamp')]).toEqual([2, 0]);
});

import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Adam, learningRateAt } from '../../../src/gan/adam';

describe('Adam', () => {
  const options = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 };

  it('moves by the learning rate against the sign of a gradient that stays the same', () => {
    // The corrected moments of a constant g are g and g², so each step is α g / (|g| + ε).
    const w = tf.variable(tf.tensor1d([1, 1, 1]));
    const adam = new Adam([w], options);
    const gradient = [4, -0.01, 0];
    for (let step = 1; step <= 5; step++) {
      adam.apply([tf.tensor1d(gradient)], 0.1);
      const found = [...w.dataSync()];
      gradient.forEach((g, i) =>
        expect(found[i]).toBeCloseTo(1 - (step * 0.1 * g) / (Math.abs(g) + 1e-8), 13),
      );
    }
    expect(adam.updates).toBe(5);
  });

  it('follows algorithm 1 of Kingma and Ba for gradients that change', () => {
    const { beta1, beta2, epsilon } = options;
    const gradients = [3, -1, 0.5, 0, 2];
    const rates = [0.1, 0.1, 0.05, 0.05, 0.2];
    const w = tf.variable(tf.scalar(2));
    const adam = new Adam([w], options);
    let [expected, m, v] = [2, 0, 0];
    gradients.forEach((g, i) => {
      adam.apply([tf.scalar(g)], rates[i]);
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const [mHat, vHat] = [m / (1 - beta1 ** (i + 1)), v / (1 - beta2 ** (i + 1))];
      expected -= (rates[i] * mHat) / (Math.sqrt(vHat) + epsilon);
      expect(w.dataSync()[0]).toBeCloseTo(expected, 13);
    });
    expect(adam.moments[0].first.dataSync()[0]).toBeCloseTo(m, 14);
    expect(adam.moments[0].second.dataSync()[0]).toBeCloseTo(v, 14);
  });

  it('continues where its state says', () => {
    const run = (adam: Adam, w: tf.Variable, gradients: readonly number[]): number => {
      for (const g of gradients) adam.apply([tf.scalar(g)], 0.1);
      return w.dataSync()[0];
    };
    const w = tf.variable(tf.scalar(0));
    const expected = run(new Adam([w], options), w, [1, 2, -3, 4]);

    const half = tf.variable(tf.scalar(0));
    const before = new Adam([half], options);
    run(before, half, [1, 2]);
    const after = new Adam([half], options, before.updates);
    after.moments[0].first.assign(before.moments[0].first);
    after.moments[0].second.assign(before.moments[0].second);
    expect(run(after, half, [-3, 4])).toBe(expected);
  });

  it('leaves no tensors behind', () => {
    const w = tf.variable(tf.zeros([3]));
    const adam = new Adam([w], options);
    const gradient = tf.ones([3]);
    const before = tf.memory().numTensors;
    adam.apply([gradient], 0.1);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('learningRateAt', () => {
  const schedule = (decayFrom: number | null): number[] =>
    [0, 1, 50, 99, 100].map((step) =>
      learningRateAt(step, { learningRate: 2, decayFrom, steps: 100 }),
    );

  it('stays without decay', () => {
    expect(schedule(null)).toEqual([2, 2, 2, 2, 2]);
  });

  it('falls linearly from the first step to 0 after the last', () => {
    expect(schedule(0)).toEqual(
      [2, 1.98, 1, 0.02, 0].map((rate) => expect.closeTo(rate, 14) as number),
    );
  });

  it('falls from the step at which decay begins', () => {
    expect(schedule(50)).toEqual([2, 2, 2, expect.closeTo(0.04, 14), 0]);
  });

  it('stays where decay would begin at the end or after it', () => {
    expect(schedule(100).slice(0, 4)).toEqual([2, 2, 2, 2]);
    expect(schedule(500)).toEqual([2, 2, 2, 2, 2]);
  });
});

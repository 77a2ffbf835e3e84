import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Adam, learningRateAt } from '../../../src/gan/adam';
import { expectSummary, readFixture } from '../../fixtures/torch/fixture';
import { hashValues } from '../../fixtures/torch/hashValues';

interface AdamFixture {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly steps: number;
  readonly decayFrom: number;
  readonly trajectory: readonly { readonly learningRate: number; readonly w: readonly number[] }[];
}

it('Adam with linear decay walks the path of torch.optim.Adam', () => {
  const fixture = readFixture<AdamFixture>('adam');
  const hashed = (k: number, scale: number): tf.Tensor1D =>
    tf.tensor1d(Float32Array.from(hashValues(k, 6, scale)));
  // f(w) = sum(a (w - b)^2). An epsilon of 1e-3 and a beta2 of 0.9 show where each of them enters.
  const a = tf.add(hashed(810, 2), 1.5);
  const b = hashed(811, 4);
  const w = tf.variable(hashed(812, 2));
  const adam = new Adam([w], fixture);
  fixture.trajectory.forEach((expected, step) => {
    const learningRate = learningRateAt(step, fixture);
    expect(learningRate).toBeCloseTo(expected.learningRate, 13);
    adam.apply([tf.mul(tf.mul(a, 2), tf.sub(w, b))], learningRate);
    // float64 on both sides and 13 digits in the fixture.
    expectSummary(w.dataSync(), { values: expected.w }, 1e-12, `w after step ${step}`);
  });
  expect(adam.updates).toBe(fixture.trajectory.length);
});

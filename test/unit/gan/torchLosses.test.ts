import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ganLosses } from '../../../src/gan/losses';
import { losses } from '../../../src/shared/config';
import { expectSummary, readFixture } from '../../fixtures/torch/fixture';
import { hashValues } from '../../fixtures/torch/hashValues';

interface LossFixture {
  readonly d: number;
  readonly g: number;
  readonly dByReal: readonly number[];
  readonly dByFake: readonly number[];
  readonly gByFake: readonly number[];
}

/** float64 on both sides, 13 digits in the fixture, six scores. */
const TOLERANCE = 1e-12;

const fixtures = readFixture<Record<string, LossFixture>>('losses');
// Scores in [-3, 3), on both sides of the kinks of the hinge at 1 and -1.
const scores = (k: number): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(hashValues(k, 6, 6)), [6, 1]);
const [real, fake] = [scores(800), scores(801)];

describe.each(losses)('the %s loss', (name) => {
  const loss = ganLosses[name];
  const expected = fixtures[name];

  it('has the values of PyTorch', () => {
    const values = [loss.discriminator(real, fake), loss.generator(fake)].map(
      (value) => value.dataSync()[0],
    );
    expectSummary(values, { values: [expected.d, expected.g] }, TOLERANCE, name);
  });

  it('has the gradients of PyTorch', () => {
    const [byReal, byFake] = tf.grads(loss.discriminator)([real, fake]);
    expectSummary(byReal.dataSync(), { values: expected.dByReal }, TOLERANCE, 'dL_D / dD(x)');
    expectSummary(byFake.dataSync(), { values: expected.dByFake }, TOLERANCE, 'dL_D / dD(G(z))');
    const ofGenerator = tf.grad(loss.generator)(fake);
    expectSummary(ofGenerator.dataSync(), { values: expected.gByFake }, TOLERANCE, 'dL_G');
  });
});

describe('the hinge', () => {
  it('is its clamped form plus 2, with the same gradients', () => {
    const [hinge, clamped] = [ganLosses.hinge, ganLosses['hinge-clamp']];
    const [a, b] = [hinge, clamped].map((loss) => loss.discriminator(real, fake).dataSync()[0]);
    expect(a - b).toBeCloseTo(2, 14);
    const [gradients, ofClamped] = [hinge, clamped].map((loss) =>
      tf
        .grads(loss.discriminator)([real, fake])
        .map((gradient) => [...gradient.dataSync()]),
    );
    gradients.forEach((gradient, i) => {
      gradient.forEach((value, j) => expect(value).toBeCloseTo(ofClamped[i][j], 15));
    });
  });
});

describe('the non-saturating loss', () => {
  it('neither overflows nor loses its gradient at scores of a thousand', () => {
    const extreme = tf.tensor2d([-1000, 1000], [2, 1]);
    const { discriminator, generator } = ganLosses['non-saturating'];
    expect(discriminator(extreme, extreme).dataSync()[0]).toBe(1000);
    expect(generator(extreme).dataSync()[0]).toBe(500);
    expect([...tf.grad(generator)(extreme).dataSync()]).toEqual([-0.5, expect.closeTo(0, 15)]);
  });
});

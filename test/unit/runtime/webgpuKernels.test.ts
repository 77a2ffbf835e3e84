import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { leakyRelu } from '../../../src/gan/ops/activations';
import { adamUpdate, guardsAgainstNonFinite } from '../../../src/gan/ops/adamUpdate';
import { batchNormalize } from '../../../src/gan/ops/batchNormalize';
import { movingAverage } from '../../../src/gan/ops/movingAverage';
import { sumOfSquares } from '../../../src/gan/ops/sumOfSquares';
import { loadWebgpu } from '../../../src/runtime/webgpu/load';
import { randomPurpose, RandomStream } from '../../../src/shared/random';
import { UserError } from '../../../src/shared/userError';

/** Why there is no adapter here, not even one in software. */
let missing: string | undefined;
beforeAll(async () => {
  try {
    await loadWebgpu();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    missing = error.message;
  }
});
beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing);
});
afterAll(() => tf.setBackend('cpu'));

/** Runs on a backend and brings all values back, one array after the other. */
async function on(backend: string, f: () => tf.Tensor[]): Promise<number[]> {
  await tf.setBackend(backend);
  const results = tf.tidy(f);
  const values: number[] = [];
  for (const result of results) values.push(...(await result.data()));
  tf.dispose(results);
  return values;
}

/**
 * Holds webgpu's values against those of the plain loops of the CPU backend, relative to the
 * largest: float32 sums of up to 10^4 terms, in another order.
 */
async function expectEqual(f: () => tf.Tensor[], tolerance = 1e-5): Promise<void> {
  const expected = await on('cpu', f);
  const actual = await on('webgpu', f);
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs), 1e-30);
  const difference = Math.max(...expected.map((value, i) => Math.abs(actual[i] - value)));
  expect(difference / scale).toBeLessThan(tolerance);
}

const stream = new RandomStream(11, randomPurpose.weights);
const random = (shape: number[], mean = 0): (() => tf.Tensor) => {
  const values = stream.normals(tf.util.sizeFromShape(shape)).map((value) => value + mean);
  return () => tf.tensor(values, shape);
};

describe('the fused kernels of webgpu agree with their composed forms', () => {
  test.each([[[3, 5, 5, 8]], [[2, 3, 5, 7]], [[1]]])('leaky ReLU gradient: %j', async (shape) => {
    const [x, dy] = [random(shape), random(shape)];
    for (const slope of [0, 0.1]) {
      await expectEqual(() => tf.grads((t) => leakyRelu(t, slope))([x()], dy()));
    }
  });

  test.each([
    { what: 'channels in fours, rows in slices', shape: [2, 25, 25, 12] },
    { what: 'more channels in fours than a workgroup has columns', shape: [1, 33, 32, 36] },
    { what: 'odd channels', shape: [3, 3, 7, 5] },
    { what: 'more odd channels than a workgroup has columns', shape: [7, 35] },
  ])('batch norm and its gradient: $what', async ({ shape }) => {
    const channels = shape[shape.length - 1];
    const [x, dy] = [random(shape), random(shape)];
    const [gamma, beta] = [random([channels], 1), random([channels])];
    await expectEqual(() => {
      const { y, moments } = batchNormalize(x(), gamma(), beta());
      const { mean, variance } = moments;
      return [y, mean, variance];
    });
    const output = (...args: tf.Tensor[]): tf.Tensor => batchNormalize(args[0], args[1], args[2]).y;
    await expectEqual(() => tf.grads(output)([x(), gamma(), beta()], dy()), 3e-5);
  });

  test('batch norm keeps the variance of values far from zero', async () => {
    // At 1000 ± 1, E[x²] - E[x]² would keep no digit of the variance.
    const x = random([2, 25, 25, 12], 1000);
    const values = await on('webgpu', () => {
      const { moments } = batchNormalize(x(), tf.ones([12]), tf.zeros([12]));
      return [tf.clone(moments.variance)];
    });
    const exact = tf.util.toTypedArray(x().dataSync(), 'float32') as Float32Array;
    for (const [channel, value] of values.entries()) {
      const column = exact.filter((_, i) => i % 12 === channel);
      const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
      const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length;
      expect(Math.abs(value / variance - 1)).toBeLessThan(1e-4);
    }
  });

  test.each([1, 3, 255, 5000, 100_003])('sum of %i squares', async (size) => {
    const x = random([size]);
    await expectEqual(() => [sumOfSquares(x())]);
  });

  test.each([[[3, 3, 4, 8]], [[5, 7]], [[1]]])(
    'an update of Adam and an average: %j',
    async (shape) => {
      const [variable, first, gradient] = [random(shape), random(shape), random(shape)];
      const second = (): tf.Tensor => tf.square(first());
      await expectEqual(() =>
        adamUpdate(
          { variable: variable(), first: first(), second: second(), gradient: gradient() },
          { alpha: 0.01, epsilon: 1e-8 },
          { beta1: 0.5, beta2: 0.999 },
          tf.scalar(1),
        ),
      );
      await expectEqual(() => [movingAverage(first(), variable(), 0.9)]);
    },
  );
});

describe('an update of Adam on webgpu', () => {
  test.each([NaN, Infinity, -Infinity])('changes nothing where the loss is %d', async (loss) => {
    await tf.setBackend('webgpu');
    expect(guardsAgainstNonFinite()).toBe(true);
    const before = [1, 2, 3, 4, 5, 6];
    const values = await on('webgpu', () =>
      adamUpdate(
        {
          variable: tf.tensor1d(before.slice(0, 2)),
          first: tf.tensor1d(before.slice(2, 4)),
          second: tf.tensor1d(before.slice(4)),
          gradient: tf.tensor1d([NaN, 1]),
        },
        { alpha: 0.01, epsilon: 1e-8 },
        { beta1: 0.5, beta2: 0.999 },
        tf.scalar(loss),
      ),
    );
    expect(values).toEqual(before);
  });
});

describe('sums on webgpu', () => {
  test.each([
    { shape: [5, 6, 7, 8], axes: [0, 1, 2] },
    { shape: [70, 3, 1], axes: [0] },
    { shape: [9, 31, 15], axes: undefined },
    { shape: [3000, 20], axes: [0] },
    { shape: [4, 5, 6], axes: [1] },
    { shape: [4, 5, 6], axes: [2] },
  ])('over $axes of $shape', async ({ shape, axes }) => {
    const x = random(shape);
    await expectEqual(() => [tf.sum(x(), axes), tf.sum(x(), axes, true)]);
  });
});

type Shape4D = [number, number, number, number];

describe('convolutions and their gradients on webgpu', () => {
  // A software adapter takes a second to compile a shader: few kinds of tiles, many geometries.
  test.each<{ what: string; x: Shape4D; filter: Shape4D; stride?: number; pad?: 'valid' }>([
    { what: 'the kernel of Table 3', x: [2, 5, 7, 8], filter: [3, 3, 8, 36] },
    { what: 'stride 2', x: [3, 6, 10, 8], filter: [4, 4, 8, 36], stride: 2 },
    { what: 'sums in slices', x: [2, 4, 4, 64], filter: [3, 3, 64, 36] },
    { what: 'odd channels', x: [2, 6, 6, 5], filter: [3, 3, 5, 7] },
    { what: 'one position, odd channels', x: [2, 6, 6, 5], filter: [1, 1, 5, 7] },
    { what: 'odd sizes with stride 2', x: [2, 7, 9, 9], filter: [3, 3, 9, 5], stride: 2 },
    {
      what: 'a border that is not reached',
      x: [2, 10, 10, 9],
      filter: [3, 3, 9, 5],
      stride: 2,
      pad: 'valid',
    },
    {
      what: 'a stride beyond the filter',
      x: [2, 9, 9, 9],
      filter: [2, 2, 9, 5],
      stride: 3,
      pad: 'valid',
    },
    { what: 'an image of one pixel', x: [2, 1, 1, 3], filter: [3, 3, 3, 5] },
  ])('$what', async ({ x, filter, stride = 1, ...rest }) => {
    const pad = rest.pad ?? 'same';
    const { outShape } = tf.backend_util.computeConv2DInfo(x, filter, stride, 1, pad);
    const [image, weights, dy] = [random(x), random(filter), random(outShape)];
    const convolve = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
      tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
    await expectEqual(() => [convolve(image(), weights())]);
    const gradients = (): tf.Tensor[] => tf.grads(convolve)([image(), weights()], dy());
    await expectEqual(() => gradients().slice(0, 1));
    await expectEqual(() => gradients().slice(1));
  });

  test('leave dilated ones to the stock kernel', async () => {
    const [x, filter] = [random([1, 6, 6, 4]), random([3, 3, 4, 4])];
    await expectEqual(() => [
      tf.conv2d(x() as tf.Tensor4D, filter() as tf.Tensor4D, 1, 'same', 'NHWC', 2),
    ]);
  });
});

describe('values on webgpu', () => {
  test('are brought there between commands that use the same buffers, and buffers are used again', async () => {
    await tf.setBackend('webgpu');
    const { bufferManager } = tf.backend() as unknown as {
      bufferManager: { numBytesAllocated: number };
    };
    const allocated: number[] = [];
    for (let round = 0; round < 4; round++) {
      const sums = tf.tidy(() =>
        Array.from({ length: 40 }, (_, i) => tf.add(tf.tensor1d([i, round]), tf.scalar(round))),
      );
      const together = tf.tidy(() => tf.stack(sums));
      const values = await together.data();
      expect([...values]).toEqual(
        Array.from({ length: 40 }, (_, i) => [i + round, 2 * round]).flat(),
      );
      tf.dispose([together, ...sums]);
      allocated.push(bufferManager.numBytesAllocated);
    }
    expect(allocated[3]).toBe(allocated[1]);
  });
});

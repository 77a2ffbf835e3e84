import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadWasm } from '../../../src/runtime/wasm/load';
import { RandomStream, randomPurpose } from '../../../src/shared/random';

/** Runs on a backend and brings the values back. */
async function on(backend: string, f: () => tf.Tensor): Promise<Float32Array> {
  await tf.setBackend(backend);
  const result = tf.tidy(f);
  const values = (await result.data()) as Float32Array;
  result.dispose();
  return values;
}

const stream = new RandomStream(7, randomPurpose.weights);
const random = (shape: number[]): (() => tf.Tensor) => {
  const values = stream.normals(tf.util.sizeFromShape(shape));
  return () => tf.tensor(values, shape);
};

/** Largest difference relative to the largest value: sums of up to 10^5 float32 products. */
function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  const scale = b.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-30);
  return a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]) / scale), 0);
}

type Case = [name: string, x: number[], filter: number[], stride: number, pad: 'same' | 'valid'];
const cases: Case[] = [
  ['3x3 as in Table 3', [4, 8, 8, 16], [3, 3, 16, 12], 1, 'same'],
  ['4x4 with stride 2 as in Table 3', [3, 12, 12, 9], [4, 4, 9, 10], 2, 'same'],
  ['first layer, 3 channels', [4, 16, 16, 3], [3, 3, 3, 8], 1, 'same'],
  ['first layer with stride 2', [4, 16, 16, 3], [4, 4, 3, 8], 2, 'same'],
  ['last layer, 3 filters', [4, 16, 16, 8], [3, 3, 8, 3], 1, 'same'],
  ['1x1', [2, 6, 6, 5], [1, 1, 5, 7], 1, 'same'],
  ['odd size with stride 2', [2, 7, 9, 9], [3, 3, 9, 4], 2, 'same'],
  ['few channels, odd size with stride 2', [2, 7, 9, 3], [3, 3, 3, 4], 2, 'same'],
  ['valid padding', [2, 9, 9, 9], [3, 3, 9, 4], 1, 'valid'],
  ['valid padding with unreached border', [2, 10, 10, 9], [3, 3, 9, 4], 2, 'valid'],
  ['few channels, valid, unreached border', [2, 9, 9, 3], [4, 4, 3, 4], 2, 'valid'],
  ['stride 3', [2, 9, 9, 9], [3, 3, 9, 4], 3, 'same'],
  ['stride larger than the kernel', [2, 9, 9, 9], [2, 2, 9, 4], 3, 'valid'],
  ['one pixel', [2, 1, 1, 3], [3, 3, 3, 4], 1, 'same'],
];

describe('the wasm kernels agree with the plain loops of the CPU backend', () => {
  beforeAll(loadWasm);
  afterAll(() => tf.setBackend('cpu'));

  test.each(cases)('convolution gradients: %s', async (_, xShape, filterShape, stride, pad) => {
    const info = tf.backend_util.computeConv2DInfo(
      xShape as [number, number, number, number],
      filterShape as [number, number, number, number],
      stride,
      1,
      pad,
    );
    const x = random(xShape);
    const filter = random(filterShape);
    const dy = random(info.outShape);
    const gradient = (which: 0 | 1) => (): tf.Tensor => {
      const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
        tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
      return tf.grads(f)([x(), filter()], dy())[which];
    };
    for (const which of [0, 1] as const) {
      const ours = await on('wasm', gradient(which));
      const reference = await on('cpu', gradient(which));
      expect(difference(ours, reference)).toBeLessThan(2e-6);
    }
  });

  test('a transposed convolution is the input gradient', async () => {
    const x = random([2, 4, 4, 6]);
    const filter = random([4, 4, 5, 6]);
    const forward = (): tf.Tensor =>
      tf.conv2dTranspose(x() as tf.Tensor4D, filter() as tf.Tensor4D, [2, 8, 8, 5], 2, 'same');
    expect(difference(await on('wasm', forward), await on('cpu', forward))).toBeLessThan(1e-6);
  });

  test('leaky ReLU, also at zero and infinity', async () => {
    const f = (): tf.Tensor => tf.leakyRelu(tf.tensor1d([-3, -0.5, 0, 0.5, 3, Infinity]), 0.1);
    expect(Array.from(await on('wasm', f))).toEqual(Array.from(await on('cpu', f)));
  });

  test.each([
    [[], false, false],
    [[], false, true],
    [[], true, false],
    [[3], true, true],
  ])('matrix products of batch %j, transposed: %s, %s', async (batch, transposeA, transposeB) => {
    const a = random([...batch, ...(transposeA ? [7, 5] : [5, 7])]);
    const b = random([...batch, ...(transposeB ? [6, 7] : [7, 6])]);
    const f = (): tf.Tensor => tf.matMul(a(), b(), transposeA, transposeB);
    expect(difference(await on('wasm', f), await on('cpu', f))).toBeLessThan(2e-6);
  });

  // The second half of a power iteration.
  test.each([[[]], [[3]], [[2, 3]]])(
    'the product of transposed matrices of batch %j with columns',
    async (batch) => {
      const a = random([...batch, 7, 5]);
      const b = random([...batch, 7, 1]);
      const f = (): tf.Tensor => tf.squeeze(tf.matMul(a(), b(), true), [batch.length + 1]);
      expect(difference(await on('wasm', f), await on('cpu', f))).toBeLessThan(2e-6);
    },
  );

  test.each([
    [[7], [2], [3]],
    [
      [4, 5, 6],
      [1, 0, 0],
      [2, 5, 6],
    ],
    [
      [4, 5, 6],
      [1, 2, 0],
      [2, 2, 6],
    ],
    [
      [4, 5, 6],
      [1, 2, 3],
      [3, 2, -1],
    ],
    [
      [4, 5, 6],
      [0, 0, 1],
      [4, 5, 1],
    ],
    [
      [3, 4, 5, 6],
      [1, 0, 2, 1],
      [2, 4, 3, 4],
    ],
    [
      [2, 3, 2, 4, 5],
      [0, 1, 0, 2, 0],
      [2, 2, 2, 1, 5],
    ],
    [
      [4, 5],
      [1, 1],
      [0, 3],
    ],
  ])('a slice of %j from %j, of size %j', async (shape, begin, size) => {
    const x = random(shape);
    const f = (): tf.Tensor => tf.slice(x(), begin, size);
    expect(Array.from(await on('wasm', f))).toEqual(Array.from(await on('cpu', f)));
  });

  test('slices of truth values and of whole numbers', async () => {
    for (const dtype of ['bool', 'int32'] as const) {
      const f = (): tf.Tensor =>
        tf.slice(tf.tensor2d([1, 0, 1, 0, 1, 1], [2, 3], dtype), [0, 1], [2, 2]);
      expect(Array.from(await on('wasm', f))).toEqual([0, 1, 1, 1]);
    }
  });

  test.each([
    ['all leading axes', [0, 1, 2], false],
    ['leading axes, kept', [0, 1], true],
    ['the first axis', [0], false],
    ['the last axis', [3], false],
    ['a middle axis', [1], false],
    ['everything', [0, 1, 2, 3], false],
  ])('sum over %s', async (_, axes, keepDims) => {
    const x = random([3, 4, 5, 6]);
    // Positive values, so that the sum has no cancellation and the tolerance stays relative.
    const f = (): tf.Tensor => tf.sum(tf.abs(x()), axes, keepDims);
    expect(difference(await on('wasm', f), await on('cpu', f))).toBeLessThan(2e-6);
  });
});

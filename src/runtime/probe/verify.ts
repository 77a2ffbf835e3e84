import * as tf from '@tensorflow/tfjs-core';
import { randomPurpose, RandomStream } from '../../shared/random';
import { convolve, FILTER, type ConvolutionCase } from './convolution';
import { referenceConvolution } from './referenceConvolution';

/** Odd sizes and a stride, so that wrong padding or a transposed axis cannot hide. */
const cases: readonly ConvolutionCase[] = [
  { batch: 2, size: 7, channelsIn: 3, channelsOut: 5, stride: 1 },
  { batch: 2, size: 7, channelsIn: 3, channelsOut: 5, stride: 2 },
];

/**
 * Inputs are uniform in [-1, 1) and a sum has at most 2 * 49 of their products, so float32 is
 * right to 1e-5; TensorFloat-32, which graphics cards use unasked, rounds inputs to 2^-11.
 */
const TOLERANCE = 2e-2;

/**
 * Computes small convolutions with their gradients on the current backend and compares every
 * number with the definition. A runtime that is fast and wrong must not be chosen.
 *
 * @throws Error that names the quantity and the largest difference
 */
export async function verifyConvolutions(): Promise<void> {
  for (const shape of cases) await verifyConvolution(shape);
}

async function verifyConvolution(shape: ConvolutionCase): Promise<void> {
  const { batch, size, channelsIn, channelsOut, stride } = shape;
  const outputSize = Math.ceil(size / stride);
  const random = new RandomStream(1, randomPurpose.weights);
  const input = random.uniforms(batch * size ** 2 * channelsIn, -1, 1);
  const filter = random.uniforms(FILTER ** 2 * channelsIn * channelsOut, -1, 1);
  const gradient = random.uniforms(batch * outputSize ** 2 * channelsOut, -1, 1);

  const result = tf.tidy(() => ({
    ...convolve(
      tf.tensor4d(input, [batch, size, size, channelsIn]),
      tf.tensor4d(filter, [FILTER, FILTER, channelsIn, channelsOut]),
      tf.tensor4d(gradient, [batch, outputSize, outputSize, channelsOut]),
      stride,
    ),
  }));
  const expected = referenceConvolution(shape, input, filter, gradient);
  await compare(`the convolution with stride ${stride}`, result.output, expected.output);
  await compare('the input gradient', result.inputGradient, expected.inputGradient);
  await compare('the filter gradient', result.filterGradient, expected.filterGradient);
}

async function compare(what: string, tensor: tf.Tensor, expected: Float64Array): Promise<void> {
  const actual = await tensor.data();
  tensor.dispose();
  if (actual.length !== expected.length)
    throw new Error(`It computes ${actual.length} values for ${what}, not ${expected.length}.`);
  const worst = expected.reduce((w, value, i) => Math.max(w, Math.abs(value - actual[i])), 0);
  // Written so that NaN fails too.
  if (!(worst <= TOLERANCE))
    throw new Error(`It computes ${what} wrong by ${worst.toPrecision(2)}.`);
}

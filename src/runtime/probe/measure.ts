import { performance } from 'node:perf_hooks';
import * as tf from '@tensorflow/tfjs-core';
import { convolutionOperations, convolve, FILTER, type ConvolutionCase } from './convolution';

/** A middle layer of the paper's Table 3 network at 32x32, on half a batch. */
const MIDDLE_LAYER: ConvolutionCase = {
  batch: 32,
  size: 16,
  channelsIn: 64,
  channelsOut: 128,
  stride: 1,
};

/**
 * Speed of the current backend on a convolution with both gradients, in 10^9 floating point
 * operations a second. Repeats for about `seconds`, at least once after a warm-up.
 */
export async function measureGflops(
  seconds: number,
  shape: ConvolutionCase = MIDDLE_LAYER,
): Promise<number> {
  const { batch, size, channelsIn, channelsOut, stride } = shape;
  const input = tf.randomUniform<tf.Rank.R4>([batch, size, size, channelsIn], -1, 1);
  const filter = tf.randomUniform<tf.Rank.R4>([FILTER, FILTER, channelsIn, channelsOut], -1, 1);
  const outputSize = Math.ceil(size / stride);
  const gradient = tf.randomUniform<tf.Rank.R4>(
    [batch, outputSize, outputSize, channelsOut],
    -1,
    1,
  );
  const pass = (): tf.Tensor[] => Object.values({ ...convolve(input, filter, gradient, stride) });

  await timePass(pass);
  let passes = 0;
  let spent = 0;
  do {
    spent += await timePass(pass);
    passes++;
  } while (spent < seconds);
  tf.dispose([input, filter, gradient]);
  return (passes * convolutionOperations(shape)) / spent / 1e9;
}

/** Seconds of one pass. Reading one number of each result waits for all work that leads to it. */
async function timePass(pass: () => tf.Tensor[]): Promise<number> {
  const start = performance.now();
  const ends = tf.tidy(() => pass().map((result) => tf.slice(tf.reshape(result, [-1]), [0], [1])));
  await Promise.all(ends.map((end) => end.data()));
  tf.dispose(ends);
  return (performance.now() - start) / 1000;
}

import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerSpec } from './layer';

/**
 * Doubles height and width by repeating pixels: [b, h, w, c] to [b, 2h, 2w, c]. Its gradient is the
 * sum of every 2x2 block, as four times their mean.
 */
export function repeatPixels(x: Tensor): Tensor {
  const repeat = tf.customGrad((...args) => {
    const [input] = args as tf.Tensor4D[];
    return {
      value: doubled(input),
      gradFunc: (dy: Tensor) => tf.mul(averageBlocks(dy), 4),
    };
  });
  return repeat(x);
}

function doubled(x: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape;
  // Row-major order makes a doubled last axis the same as doubled columns, then doubled rows.
  const wide = tf.reshape(tf.concat([x, x], 3), [batch, height, 1, 2 * width * channels]);
  return tf.reshape(tf.concat([wide, wide], 2), [batch, 2 * height, 2 * width, channels]);
}

/** Nearest-neighbour upsampling by 2, as the official generator's unpooling. */
export const upsample: LayerSpec = ({ inputShape: [height, width, channels] }) => ({
  outputShape: [2 * height, 2 * width, channels],
  parameters: [],
  batchNorms: [],
  apply: (x) => repeatPixels(x),
});

/**
 * Mean of every 2x2 block: [b, h, w, c] to [b, h/2, w/2, c]. As a linear map its norm is 1/2. Its
 * gradient is the repeated quarter; it is written out because not every backend has the kernel.
 */
export function averageBlocks(x: Tensor): Tensor {
  const pool = tf.customGrad((...args) => {
    const [input] = args as tf.Tensor4D[];
    return {
      value: tf.avgPool(input, 2, 2, 'valid'),
      gradFunc: (dy: Tensor) => tf.mul(repeatPixels(dy), 0.25),
    };
  });
  return pool(x);
}

/** 2x2 average pooling. */
export const averagePool: LayerSpec = ({ inputShape: [height, width, channels] }) => ({
  outputShape: [height / 2, width / 2, channels],
  parameters: [],
  batchNorms: [],
  apply: (x) => averageBlocks(x),
});

/** Sum over all positions: [b, h, w, c] to [b, c], as the official ResNet discriminator. */
export const globalSumPool: LayerSpec = ({ inputShape: [height, width, channels] }) => ({
  outputShape: [channels],
  parameters: [],
  batchNorms: [],
  apply: (x) => tf.sum(tf.reshape(x, [-1, height * width, channels]), 1),
});

import * as tf from '@tensorflow/tfjs-core';

/** A 3x3 convolution with `same` padding and both of its gradients: the bulk of a training step. */
export interface ConvolutionCase {
  readonly batch: number;
  readonly size: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  readonly stride: number;
}

/** Side of the square filter. */
export const FILTER = 3;

/** Output [batch, ceil(size / stride), …, channelsOut] and the gradients of <output, dy>. */
export interface ConvolutionResult {
  readonly output: tf.Tensor;
  /** Gradient with respect to the input, [batch, size, size, channelsIn]. */
  readonly inputGradient: tf.Tensor;
  /** Gradient with respect to the filter, [3, 3, channelsIn, channelsOut]. */
  readonly filterGradient: tf.Tensor;
}

/** Forward pass and both gradients on the current backend; call inside `tf.tidy` or dispose. */
export function convolve(
  input: tf.Tensor4D,
  filter: tf.Tensor4D,
  outputGradient: tf.Tensor4D,
  stride: number,
): ConvolutionResult {
  const forward = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, 'same');
  const { value, grads } = tf.valueAndGrads(forward)([input, filter], outputGradient);
  return { output: value, inputGradient: grads[0], filterGradient: grads[1] };
}

/** Floating point operations of {@link convolve}: three convolutions, a product and a sum each. */
export function convolutionOperations(shape: ConvolutionCase): number {
  const outputSize = Math.ceil(shape.size / shape.stride);
  const products =
    shape.batch * outputSize ** 2 * FILTER ** 2 * shape.channelsIn * shape.channelsOut;
  return 3 * 2 * products;
}

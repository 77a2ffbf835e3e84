import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { fusedKernels, runFusedKernel } from './fusedKernel';

/** Σ x² over everything in x. Kernel: `x`. */
export function sumOfSquares(x: Tensor): Scalar {
  const fused = runFusedKernel(fusedKernels.sumOfSquares, { x });
  return fused ? (fused[0] as Scalar) : tf.tidy(() => tf.sum(tf.square(x)));
}

/** ‖x‖ of everything in x. */
export function euclideanNorm(x: Tensor): Scalar {
  return tf.tidy(() => tf.sqrt(sumOfSquares(x)));
}

import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Kernels of our own in TensorFlow.js' registry. A backend that has one computes the operation in
 * one pass over memory; on all others it is composed of stock operations. Inputs and outputs are
 * named at the operation that asks for the kernel, in this folder.
 */
export const fusedKernels = {
  leakyReluGradient: 'SnGanLeakyReluGradient',
  batchNorm: 'SnGanBatchNorm',
  batchNormGradient: 'SnGanBatchNormGradient',
  sumOfSquares: 'SnGanSumOfSquares',
  adamUpdate: 'SnGanAdamUpdate',
  movingAverage: 'SnGanMovingAverage',
} as const;

export type FusedKernel = (typeof fusedKernels)[keyof typeof fusedKernels];

/** Whether the present backend has a kernel of its own for an operation. */
export function hasFusedKernel(kernel: FusedKernel): boolean {
  return tf.getKernel(kernel, tf.getBackend()) !== undefined;
}

/** Runs the backend's own kernel; undefined where it has none. */
export function runFusedKernel(
  kernel: FusedKernel,
  inputs: NamedTensorMap,
  attributes: NamedAttrMap = {},
): Tensor[] | undefined {
  if (!hasFusedKernel(kernel)) return undefined;
  const outputs: Tensor | Tensor[] = tf.engine().runKernel(kernel, inputs, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
}

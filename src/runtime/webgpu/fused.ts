import * as tf from '@tensorflow/tfjs-core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { fusedKernels, type FusedKernel } from '../../gan/ops/fusedKernel';
import { batchNorm, batchNormGradient } from './batchNorm';
import { adamUpdate, leakyReluGradient, movingAverage } from './elementwise';
import { sumOfSquares } from './sums';

const kernels: Readonly<Record<FusedKernel, KernelFunc>> = {
  [fusedKernels.leakyReluGradient]: leakyReluGradient,
  [fusedKernels.batchNorm]: batchNorm,
  [fusedKernels.batchNormGradient]: batchNormGradient,
  [fusedKernels.sumOfSquares]: sumOfSquares,
  [fusedKernels.adamUpdate]: adamUpdate,
  [fusedKernels.movingAverage]: movingAverage,
};

/** Registers the operations of a training step that this backend computes in one shader. */
export function registerFusedKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels))
    tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
}

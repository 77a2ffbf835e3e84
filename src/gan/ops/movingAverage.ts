import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Rate } from './adamUpdate';
import { fusedKernels, runFusedKernel } from './fusedKernel';

/** decay · average + (1 - decay) · value. Kernel: `average`, `value`, `decay` (a scalar). */
export function movingAverage(average: Tensor, value: Tensor, decay: Rate): Tensor {
  return tf.tidy(() => {
    const scalar = typeof decay === 'number' ? tf.scalar(decay) : decay;
    const fused = runFusedKernel(fusedKernels.movingAverage, { average, value, decay: scalar });
    if (fused) return fused[0];
    return tf.add(tf.mul(average, scalar), tf.mul(value, tf.sub(1, scalar)));
  });
}

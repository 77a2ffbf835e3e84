import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { fusedKernels, runFusedKernel } from './fusedKernel';

/**
 * max(x, slope · x), with the gradient taken from the output: it has the sign of x, so that x need
 * not be kept, and a convolution with its bias and this activation can become one operation.
 *
 * @param slope for negative x, in [0, 1]; 0 makes it ReLU
 */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  const activate = tf.customGrad((...args) => {
    const [input] = args as Tensor[];
    const save = args[args.length - 1] as tf.GradSaveFunc;
    const y = slope === 0 ? tf.relu(input) : tf.leakyRelu(input, slope);
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, [output]: Tensor[]) => leakyReluGradient(dy, output, slope),
    };
  });
  return activate(x);
}

/** dy where the output y is positive, slope · dy elsewhere. Kernel: `dy`, `y`; `slope`. */
export function leakyReluGradient(dy: Tensor, y: Tensor, slope: number): Tensor {
  const fused = runFusedKernel(fusedKernels.leakyReluGradient, { dy, y }, { slope });
  return fused ? fused[0] : tf.mul(dy, tf.step(y, slope));
}

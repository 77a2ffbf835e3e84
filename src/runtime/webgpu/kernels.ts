import * as tf from '@tensorflow/tfjs-core';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './convolutions';
import { sumOverRows } from './sums';

/**
 * A shader may bind this many storage buffers wherever WebGPU runs (the default of
 * `maxStorageBuffersPerShaderStage`); the backend asks for no more. One of them is the output.
 */
const MAX_INPUTS = 8 - 1;

/**
 * Replaces the kernels of the WebGPU backend that compute wrong. `AddN` binds all its inputs at
 * once: with more than seven, the shader is refused, and what the result holds is chance.
 */
export function replaceWrongKernels(): void {
  replaceKernel('AddN', (stock) => addInGroups(stock, MAX_INPUTS));
}

/** Puts kernels of our own in place of the WebGPU backend's slow ones. */
export function replaceSlowKernels(): void {
  replaceKernel('Sum', sumOverRows);
  replaceKernel('Conv2D', conv2d);
  replaceKernel('Conv2DBackpropInput', conv2dInputGradient);
  replaceKernel('Conv2DBackpropFilter', conv2dFilterGradient);
}

function replaceKernel(name: string, make: (stock: KernelFunc) => KernelFunc): void {
  const stock = tf.getKernel(name, 'webgpu');
  tf.unregisterKernel(name, 'webgpu');
  tf.registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) });
}

/** `AddN` as sums of at most `most` tensors, whose first is the sum so far. */
export function addInGroups(addFew: KernelFunc, most: number): KernelFunc {
  return ({ inputs, backend }) => {
    const tensors = Object.values(inputs) as TensorInfo[];
    const add = (few: TensorInfo[]): TensorInfo =>
      addFew({ inputs: few as unknown as typeof inputs, backend }) as TensorInfo;
    let sum = add(tensors.slice(0, most));
    for (let next = most; next < tensors.length; next += most - 1) {
      const former = sum;
      sum = add([former, ...tensors.slice(next, next + most - 1)]);
      (backend as tf.KernelBackend).disposeData(former.dataId);
    }
    return sum;
  };
}

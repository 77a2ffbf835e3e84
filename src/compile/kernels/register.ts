import * as tf from '@tensorflow/tfjs-core';
import { RECORDING, type RecordingBackend } from '../recordingBackend';
import { arrangementKernels } from './arrangement';
import { elementwiseKernels } from './elementwise';
import { fusedOperations } from './fused';
import { KernelCall, type RecordingKernels } from './kernel';
import { linearKernels } from './linear';

/** Gives the recording backend its kernels, and those that only one recording can have. */
export function registerKernels(own: RecordingKernels): void {
  const kernels = {
    ...elementwiseKernels,
    ...arrangementKernels,
    ...linearKernels,
    ...fusedOperations,
    ...own,
  };
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: RECORDING,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const recorder = backend as RecordingBackend;
        const found = kernel(new KernelCall(recorder, inputs, attrs ?? {}));
        return Array.isArray(found)
          ? found.map((value) => recorder.tensorOf(value))
          : recorder.tensorOf(found);
      },
    });
  }
}

/** Takes all of them away again. */
export function unregisterKernels(): void {
  for (const { kernelName } of tf.getKernelsForBackend(RECORDING)) {
    tf.unregisterKernel(kernelName, RECORDING);
  }
}

import type { KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { fusedKernels } from '../../gan/ops/fusedKernel';

/** What a kernel uses of the backend of tfjs-node. */
interface NativeBackend {
  readonly binding: Readonly<
    Record<
      'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_FLOAT',
      number
    >
  >;
  executeMultipleOutputs(
    operation: string,
    attributes: { name: string; type: number; value: number | boolean | string }[],
    inputs: TensorInfo[],
    outputs: number,
  ): Tensor[];
}

function attributes(
  { binding }: NativeBackend,
  epsilon: number,
): Parameters<NativeBackend['executeMultipleOutputs']>[1] {
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_STRING, TF_FLOAT } = binding;
  return [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'U', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: TF_ATTR_BOOL, value: true },
  ];
}

const batchNorm: KernelFunc = ({ inputs, attrs, backend }) => {
  const native = backend as unknown as NativeBackend;
  const [x, scale, shift] = [inputs['x'], inputs['scale'], inputs['shift']] as Tensor[];
  const { epsilon } = attrs as unknown as { epsilon: number };
  return tf.tidy(() => {
    const none = tf.zeros([0]);
    const given = [x, scale, shift, none, none];
    const [y, mean, spread, ...kept] = native.executeMultipleOutputs(
      'FusedBatchNormV3',
      attributes(native, epsilon),
      given,
      6,
    );
    // TensorFlow gives the variance of the population, n/(n - 1) times that of the batch.
    const rows = x.size / scale.size;
    return [y, mean, tf.mul(spread, (rows - 1) / rows), ...kept];
  });
};

const batchNormGradient: KernelFunc = ({ inputs, attrs, backend }) => {
  const native = backend as unknown as NativeBackend;
  const { epsilon } = attrs as unknown as { epsilon: number };
  const names = ['dy', 'x', 'scale', 'kept0', 'kept1', 'kept2'];
  const given = names.map((name) => inputs[name] as Tensor);
  return tf.tidy(() => {
    const [dx, dScale, dShift] = native.executeMultipleOutputs(
      'FusedBatchNormGradV3',
      attributes(native, epsilon),
      given,
      5,
    );
    return [dx, dScale, dShift];
  });
};

/**
 * Gives the backend of tfjs-node TensorFlow's own batch norm: one pass over memory instead of ten,
 * which is most of what the images of a sample grid take beside their convolutions.
 */
export function registerTensorflowKernels(): void {
  const backendName = 'tensorflow';
  const kernels = {
    [fusedKernels.batchNorm]: batchNorm,
    [fusedKernels.batchNormGradient]: batchNormGradient,
  };
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, backendName)) continue;
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  }
}

import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { numberOf, type WebgpuBackend } from './backend';
import { FLAT_GROUP, MAIN, runShader, type Binding } from './shader';

const THREADS = 256;

/** One value of every output from the inputs' values at the same place, as a snippet of WGSL. */
export interface FlatShader {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Inputs of which the snippet reads bits of scalars; bound after the others. */
  readonly scalars?: readonly string[];
  readonly outputs: readonly string[];
  /** Fields of `uniforms`, all f32. */
  readonly numbers: readonly string[];
  /** Computes element `i`, of type V: one value, or four where the last axis allows. */
  readonly code: string;
}

export interface FlatCall {
  readonly inputs: readonly TensorInfo[];
  /** Of every output. */
  readonly shape: readonly number[];
  /** What the snippet has as `columns`, in units of V: the length of the last axis. */
  readonly columns?: number;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Runs a shader over all elements of a shape, four at a time where that divides them. */
export function runFlat(
  backend: WebgpuBackend,
  { name, inputs, scalars = [], outputs, numbers, code }: FlatShader,
  call: FlatCall,
): TensorInfo[] {
  const size = tf.util.sizeFromShape([...call.shape]);
  const columns = call.columns ?? size;
  const width = columns % 4 === 0 ? 4 : 1;
  const type = width === 4 ? 'vec4<f32>' : 'f32';
  const typed = (binding: string): Binding => ({ name: binding, type });
  return runShader(
    backend,
    {
      key: `${name} ${width}`,
      outputs: outputs.map(typed),
      inputs: [
        ...inputs.map(typed),
        ...scalars.map((scalar): Binding => ({ name: scalar, type: 'u32' })),
      ],
      uniforms: {
        count: 'i32',
        columns: 'i32',
        ...Object.fromEntries(numbers.map((number) => [number, 'f32' as const])),
      },
      code: () => `
        alias V = ${type};
        @compute @workgroup_size(${THREADS})
        ${MAIN} {
          let i = i32(${FLAT_GROUP} * ${THREADS}u + local);
          let columns = uniforms.columns;
          if (i >= uniforms.count) {
            return;
          }
          ${code}
        }`,
    },
    {
      outputs: outputs.map(() => call.shape),
      inputs: call.inputs,
      uniforms: { count: size / width, columns: columns / width, ...call.numbers },
      workgroups: [Math.ceil(size / width / THREADS)],
    },
  );
}

/** The kernel of `leakyReluGradient`. */
export const leakyReluGradient: KernelFunc = ({ inputs, backend, attrs }) => {
  const [dy, y] = [inputs['dy'] as TensorInfo, inputs['y'] as TensorInfo];
  const { slope } = attrs as unknown as { slope: number };
  return runFlat(
    backend as WebgpuBackend,
    {
      name: 'leakyReluGradient',
      inputs: ['dy', 'y'],
      outputs: ['result'],
      numbers: ['slope'],
      code: 'result[i] = dy[i] * select(V(uniforms.slope), V(1.0), y[i] > V(0.0));',
    },
    { inputs: [dy, y], shape: dy.shape, numbers: { slope } },
  );
};

/** The kernel of `movingAverage`. */
export const movingAverage: KernelFunc = ({ inputs, backend }) => {
  const webgpu = backend as WebgpuBackend;
  const [average, value] = [inputs['average'] as TensorInfo, inputs['value'] as TensorInfo];
  const decay = numberOf(webgpu, inputs['decay'] as TensorInfo, 'decay');
  return runFlat(
    webgpu,
    {
      name: 'movingAverage',
      inputs: ['average', 'value'],
      outputs: ['result'],
      numbers: ['decay', 'rest'],
      code: 'result[i] = average[i] * uniforms.decay + value[i] * uniforms.rest;',
    },
    { inputs: [average, value], shape: average.shape, numbers: { decay, rest: 1 - decay } },
  );
};

/**
 * The kernel of `adamUpdate`. It writes into new buffers: the backend keeps values that it has read
 * beside a buffer, also while it reads them, and would not notice that a buffer was overwritten.
 * The traffic is the same, and the old buffers serve the next parameters.
 */
export const adamUpdate: KernelFunc = ({ inputs, backend, attrs }) => {
  const webgpu = backend as WebgpuBackend;
  const [variable, first, second, gradient, loss] = [
    'variable',
    'first',
    'second',
    'gradient',
    'loss',
  ].map((name) => inputs[name] as TensorInfo);
  const { beta1, beta2 } = attrs as unknown as { beta1: number; beta2: number };
  return runFlat(
    webgpu,
    {
      name: 'adamUpdate',
      inputs: ['variable', 'first', 'second', 'gradient'],
      scalars: ['loss'],
      outputs: ['newVariable', 'newFirst', 'newSecond'],
      numbers: ['beta1', 'rest1', 'beta2', 'rest2', 'alpha', 'epsilon'],
      // All exponent bits are set in what is not finite; a comparison may be optimised away.
      code: `
        if ((loss[0] & 0x7f800000u) == 0x7f800000u) {
          newVariable[i] = variable[i];
          newFirst[i] = first[i];
          newSecond[i] = second[i];
          return;
        }
        let g = gradient[i];
        let m = first[i] * uniforms.beta1 + g * uniforms.rest1;
        let v = second[i] * uniforms.beta2 + g * g * uniforms.rest2;
        newFirst[i] = m;
        newSecond[i] = v;
        newVariable[i] = variable[i] - uniforms.alpha * (m / (sqrt(v) + uniforms.epsilon));`,
    },
    {
      inputs: [variable, first, second, gradient, loss],
      shape: variable.shape,
      numbers: {
        beta1,
        rest1: 1 - beta1,
        beta2,
        rest2: 1 - beta2,
        alpha: numberOf(webgpu, inputs['alpha'] as TensorInfo, 'alpha'),
        epsilon: numberOf(webgpu, inputs['epsilon'] as TensorInfo, 'epsilon'),
      },
    },
  );
};

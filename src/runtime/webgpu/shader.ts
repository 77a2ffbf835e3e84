import type { TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Uniform, WebgpuBackend, Workgroups } from './backend';

/** A buffer of a shader; `u32` reads the bits of float32 values. */
export interface Binding {
  readonly name: string;
  readonly type: 'f32' | 'u32' | 'vec4<f32>';
}

/** A compute shader of our own, with any number of outputs. */
export interface Shader {
  /** Names the code: one pipeline is made for every key. */
  readonly key: string;
  readonly outputs: readonly Binding[];
  readonly inputs: readonly Binding[];
  /** Fields of `uniforms`, all numbers of 32 bits. */
  readonly uniforms: Readonly<Record<string, 'i32' | 'f32'>>;
  /** Declarations, among them `fn main`. All buffers and a uniform must be used. */
  readonly code: () => string;
}

export interface ShaderCall {
  /** Shapes of the outputs, all float32. */
  readonly outputs: readonly (readonly number[])[];
  readonly inputs: readonly TensorInfo[];
  readonly uniforms: Readonly<Record<string, number>>;
  /** Numbers of workgroups; one that has x alone may be given in more dimensions, see FLAT_GROUP. */
  readonly workgroups: readonly number[];
}

/** The number of a workgroup of `x` alone, however the backend spread them over dimensions. */
export const FLAT_GROUP = '(group.x + groups.x * (group.y + groups.y * group.z))';

/** Arguments of every `main`. */
export const MAIN = `fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
)`;

/**
 * A kind of program for which the backend takes pipeline and key as they are, and makes the
 * uniforms of nothing but the strides of the output, which come first.
 */
const PROGRAM_OF_ITS_OWN = 0;

/**
 * Runs a shader through the backend's queue of commands, as one of its own programs: buffers,
 * uniforms and submission are the backend's. Its shader compiler knows one output, so the pipeline
 * is made here, and outputs after the first are bound like inputs.
 */
export function runShader(
  backend: WebgpuBackend,
  shader: Shader,
  { outputs, inputs, uniforms, workgroups }: ShaderCall,
): TensorInfo[] {
  const key = `SnGan ${shader.key}`;
  backend.pipelineCache[key] ??= makePipeline(backend, shader, key);
  const results = outputs.map((shape) => backend.makeTensorInfo([...shape], 'float32'));
  const [first, ...others] = results.map(flat);
  const [x, y, z] = workgroups;
  const bound = [...others, ...inputs.map(flat)];
  backend.runWebGPUProgram(
    {
      shaderKey: key,
      pixelsOpType: PROGRAM_OF_ITS_OWN,
      outputShape: first.shape,
      variableNames: bound.map((_, i) => `buffer${i}`),
      workgroupSize: [1, 1, 1],
      dispatchLayout: y === undefined ? { x: [0] } : { x: [0], y: [1] },
      dispatch: [x, y ?? 1, z ?? 1] satisfies Workgroups,
    },
    bound,
    'float32',
    Object.entries(shader.uniforms).map(([name, type]): Uniform => ({
      type: type === 'i32' ? 'int32' : 'float32',
      data: [uniforms[name]],
    })),
    first,
  );
  return results;
}

/** One dimension, so that the strides of the output are one number. */
function flat({ dataId, dtype, shape }: TensorInfo): TensorInfo {
  return { dataId, dtype, shape: [tf.util.sizeFromShape(shape)] };
}

function makePipeline({ device }: WebgpuBackend, shader: Shader, label: string): object {
  const code = `${declarations(shader)}\n${shader.code()}`;
  const module = device.createShaderModule({ code, label });
  return device.createComputePipeline({
    compute: { module, entryPoint: 'main' },
    label,
    layout: 'auto',
  });
}

function declarations({ outputs, inputs, uniforms }: Shader): string {
  const declare = (access: string, from: number) => (binding: Binding, i: number) =>
    `@group(0) @binding(${from + i}) var<storage, ${access}> ${binding.name}: array<${binding.type}>;`;
  const fields = Object.entries(uniforms).map(([name, type]) => `${name}: ${type},`);
  const last = outputs.length + inputs.length;
  return [
    `struct Uniforms { strides: i32, ${fields.join(' ')} };`,
    ...outputs.map(declare('read_write', 0)),
    ...inputs.map(declare('read', outputs.length)),
    `@group(0) @binding(${last}) var<uniform> uniforms: Uniforms;`,
  ].join('\n');
}

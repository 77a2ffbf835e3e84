import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * What is used here of TensorFlow.js' WebGPU backend: its buffers, its queue of commands and its
 * cache of pipelines. Its own types name the types of WebGPU, which Node lacks.
 */
export interface WebgpuBackend extends KernelBackend {
  readonly device: WebgpuDevice;
  readonly queue: { writeBuffer(buffer: object, offset: number, data: ArrayBufferView): void };
  readonly bufferManager: { acquireBuffer(bytes: number, usage: number): object };
  readonly tensorMap: { get(dataId: object): TensorData };
  /** Pipelines by the key of their program. */
  readonly pipelineCache: Record<string, object>;
  makeTensorInfo(shape: number[], dtype: DataType): TensorInfo;
  uploadToGPU(dataId: object): void;
  runWebGPUProgram(
    program: WebgpuProgram,
    inputs: readonly TensorInfo[],
    dtype: DataType,
    uniforms: readonly Uniform[],
    output: TensorInfo,
  ): TensorInfo;
}

export interface WebgpuDevice {
  createShaderModule(source: { code: string; label: string }): object;
  createComputePipeline(description: {
    compute: { module: object; entryPoint: string };
    label: string;
    layout: 'auto';
  }): object;
}

/** One tensor of the backend: its values lie on the device, on the processor, or on both. */
export interface TensorData {
  values: ArrayLike<number> | null | undefined;
  readonly dtype: DataType;
  readonly shape: number[];
  resource?: object | null;
}

/** What the backend reads of a program whose pipeline it already has. */
export interface WebgpuProgram {
  readonly shaderKey: string;
  readonly pixelsOpType: number;
  readonly outputShape: readonly number[];
  readonly variableNames: readonly string[];
  readonly workgroupSize: Workgroups;
  /** Only a program of `x` alone may be spread over more dimensions where x has too many groups. */
  readonly dispatchLayout: { readonly x: readonly number[]; readonly y?: readonly number[] };
  dispatch: Workgroups;
}

export type Workgroups = [x: number, y: number, z: number];

export interface Uniform {
  readonly type: 'int32' | 'float32';
  readonly data: number[];
}

/**
 * A scalar that was made from a number and never used on the device: it goes into a shader's
 * uniforms, and needs no buffer.
 *
 * @throws Error when it is the result of a computation on the device
 */
export function numberOf(backend: WebgpuBackend, scalar: TensorInfo, name: string): number {
  const { values } = backend.tensorMap.get(scalar.dataId);
  if (!values) throw new Error(`${name} must be a number that the device has not computed`);
  return values[0];
}

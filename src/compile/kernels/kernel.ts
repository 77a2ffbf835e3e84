import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Attribute, ElementType, Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';

/** What a kernel of TensorFlow.js is asked for while a step is recorded. */
export class KernelCall {
  constructor(
    readonly backend: RecordingBackend,
    private readonly inputs: NamedTensorInfoMap | TensorInfo[],
    private readonly attributes: NamedAttrMap,
  ) {}

  /** An input by its name, in the type in which it is held. */
  held(name: string): Value {
    const input = (this.inputs as NamedTensorInfoMap)[name];
    if (!input) throw new Error(`The kernel has no input "${name}".`);
    return this.backend.valueFor(input);
  }

  /** An input by its name, as float32 unless it is no float. */
  input(name: string): Value {
    return wide(this.backend, this.held(name));
  }

  /** The inputs of a kernel that takes any number of them. */
  list(): Value[] {
    return Object.values(this.inputs).map((input) => this.backend.valueFor(input as TensorInfo));
  }

  attribute<T>(name: string): T {
    return this.attributes[name] as T;
  }
}

/** Turns a call into native operations; gives what they compute. */
export type RecordingKernel = (call: KernelCall) => Value | Value[];

/** Kernels by their names in TensorFlow.js. */
export type RecordingKernels = Readonly<Record<string, RecordingKernel>>;

/** The attribute by which most operations are told the type of their elements. */
export function typeOf({ type }: Value): { T: Attribute } {
  return { T: { type } };
}

/** The same numbers in another type. */
export function cast(backend: RecordingBackend, value: Value, type: ElementType): Value {
  if (value.type === type) return value;
  const { shape } = value;
  const attributes = { SrcT: { type: value.type }, DstT: { type } };
  return backend.value('Cast', [value], attributes, { shape, type });
}

/** In float32, if it is held in bfloat16. */
export function wide(backend: RecordingBackend, value: Value): Value {
  return value.type === 'bfloat16' ? cast(backend, value, 'float32') : value;
}

/** Several values in one type: bfloat16 where one of them is held in it, to move half the bytes. */
export function alike(backend: RecordingBackend, values: readonly Value[]): Value[] {
  const narrow = values.some(({ type }) => type === 'bfloat16');
  return narrow ? values.map((value) => cast(backend, value, 'bfloat16')) : [...values];
}

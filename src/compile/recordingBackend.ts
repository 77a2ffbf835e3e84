import type { BackendValues, DataType, DataId, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { Graph, type ElementType, type OutputSpec, type Value } from './graph';

/** Name of the backend in TensorFlow.js' registry. */
export const RECORDING = 'sn-gan-recording';

/** What a step is recorded for. */
export type RecordingTarget = Pick<RecordingBackend, 'narrow' | 'processor'>;

/** Why a step cannot be recorded. */
export class RecordingError extends Error {}

/**
 * A TensorFlow.js backend that computes nothing: its tensors stand for values of a graph, and its
 * kernels (see `kernels/`) add native operations to it. The code of the model runs on it as on any
 * other backend, once, and leaves the graph of its step behind.
 *
 * What is no function of the step's inputs would become a constant of the graph: images, latents
 * and tensors that were made elsewhere are therefore refused, and reading a value, too.
 */
export class RecordingBackend extends tf.KernelBackend {
  readonly graph = new Graph();
  private readonly values = new Map<DataId, { readonly value: Value; references: number }>();

  /** Whether convolutions and what lies between them work in bfloat16. */
  readonly narrow: boolean;
  /** Whether a processor will compute the graph, and no graphics card. */
  readonly processor: boolean;

  constructor({ narrow, processor }: RecordingTarget) {
    super();
    this.narrow = narrow;
    this.processor = processor;
  }

  /** A tensor of TensorFlow.js that stands for a value. */
  tensorOf(value: Value): TensorInfo {
    const dataId = {};
    this.values.set(dataId, { value, references: 1 });
    return { dataId, shape: [...value.shape], dtype: tensorType(value.type) };
  }

  /**
   * The value that a tensor stands for.
   *
   * @throws RecordingError for a tensor that was not made by the step from its inputs
   */
  valueFor({ dataId, shape }: TensorInfo): Value {
    const known = this.values.get(dataId);
    if (known) return known.value;
    throw new RecordingError(
      `the step uses a tensor [${shape.join(', ')}] that is none of its inputs; it would never change`,
    );
  }

  /** Adds a pure operation with one output. */
  value(...operation: Parameters<Graph['value']>): Value {
    return this.graph.value(...operation);
  }

  /** A constant array whose elements are all the same. */
  filled(number: number, shape: readonly number[], type: 'float32' | 'int32'): Value {
    const value = this.constant({ type, shape: [] }, [number]);
    if (shape.length === 0) return value;
    const attributes = { T: { type }, index_type: { type: 'int32' } } as const;
    return this.value('Fill', [this.integers(shape), value], attributes, { shape, type });
  }

  /** A short list of whole numbers, as operations take shapes and axes. */
  integers(values: readonly number[]): Value {
    return this.constant({ type: 'int32', shape: [values.length] }, values);
  }

  /** A short table of whole numbers, row by row. */
  table(rows: readonly (readonly number[])[]): Value {
    const shape = [rows.length, rows[0].length];
    return this.constant({ type: 'int32', shape }, rows.flat());
  }

  /** A short matrix of numbers, row by row. */
  matrix(rows: readonly (readonly number[])[]): Value {
    const shape = [rows.length, rows[0].length];
    return this.constant({ type: 'float32', shape }, rows.flat());
  }

  /** An empty array, where an operation has nothing to be given. */
  none(): Value {
    return this.constant({ type: 'float32', shape: [0] }, []);
  }

  /** A number. */
  number(value: number): Value {
    return this.constant({ type: 'float32', shape: [] }, [value]);
  }

  private constant({ type, shape }: OutputSpec, values: readonly number[]): Value {
    const constant = { type, shape, values };
    return this.value('Const', [], { dtype: { type }, value: { constant } }, { shape, type });
  }

  /** A literal of the model's code. */
  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const type = elementType(dtype);
    const numbers = Array.from(values as ArrayLike<number>);
    const same = numbers.every((number) => Object.is(number, numbers[0]));
    if (!same && type === 'float32') {
      throw new RecordingError(
        `the step makes an array [${shape.join(', ')}] of different numbers, which would never change`,
      );
    }
    const value = same
      ? this.filled(numbers[0] ?? 0, shape, type)
      : this.constant({ type, shape }, numbers);
    return this.tensorOf(value).dataId;
  }

  override read(): Promise<never> {
    throw new RecordingError('the step reads a value while it is recorded');
  }

  override readSync(): never {
    throw new RecordingError('the step reads a value while it is recorded');
  }

  override move(_dataId: DataId, _values: BackendValues, shape: number[]): void {
    throw new RecordingError(
      `the step uses a tensor [${shape.join(', ')}] of another runtime; it would never change`,
    );
  }

  override incRef(dataId: DataId): void {
    const known = this.values.get(dataId);
    if (known) known.references++;
  }

  override refCount(dataId: DataId): number {
    return this.values.get(dataId)?.references ?? 0;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const known = this.values.get(dataId);
    if (!known) return true;
    known.references--;
    if (known.references > 0 && !force) return false;
    return this.values.delete(dataId);
  }

  override numDataIds(): number {
    return this.values.size;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override dispose(): void {
    this.values.clear();
  }
}

function elementType(dtype: DataType): 'float32' | 'int32' {
  if (dtype === 'float32' || dtype === 'int32') return dtype;
  throw new RecordingError(`the step uses an array of type ${dtype}`);
}

/** bfloat16 is a matter of the graph; to the model's code it is a float. */
function tensorType(type: ElementType): DataType {
  if (type === 'resource') throw new RecordingError('a variable itself is no tensor');
  return type === 'bfloat16' ? 'float32' : type;
}

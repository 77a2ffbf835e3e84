import type { Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { typeOf } from './kernel';

/** How many rows and columns are added to a map. */
export interface Margins {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The same numbers in another shape. */
export function reshaped(backend: RecordingBackend, x: Value, shape: readonly number[]): Value {
  if (shape.length === x.shape.length && shape.every((size, i) => size === x.shape[i])) return x;
  const attributes = { ...typeOf(x), Tshape: { type: 'int32' } } as const;
  const { type } = x;
  return backend.value('Reshape', [x, backend.integers(shape)], attributes, { shape, type });
}

/** The axes of x in another order. */
export function transposed(backend: RecordingBackend, x: Value, order: readonly number[]): Value {
  const attributes = { ...typeOf(x), Tperm: { type: 'int32' } } as const;
  const shape = order.map((axis) => x.shape[axis]);
  const { type } = x;
  return backend.value('Transpose', [x, backend.integers(order)], attributes, { shape, type });
}

/** A box of x, of a size in every axis. */
export function sliced(
  backend: RecordingBackend,
  x: Value,
  begin: readonly number[],
  shape: readonly number[],
): Value {
  const attributes = { ...typeOf(x), Index: { type: 'int32' } } as const;
  const inputs = [x, backend.integers(begin), backend.integers(shape)];
  return backend.value('Slice', inputs, attributes, { shape, type: x.type });
}

/** Maps [b, height, width, channels] with zeros around them. */
export function padded(backend: RecordingBackend, x: Value, around: Margins): Value {
  const { top, bottom, left, right } = around;
  if (top + bottom + left + right === 0) return x;
  const table = backend.table([
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  const attributes = { ...typeOf(x), Tpaddings: { type: 'int32' } } as const;
  const [batch, height, width, channels] = x.shape;
  const shape = [batch, height + top + bottom, width + left + right, channels];
  return backend.value('Pad', [x, table], attributes, { shape, type: x.type });
}

/** Arrays of one type, one after the other along an axis. */
export function concatenated(
  backend: RecordingBackend,
  parts: readonly Value[],
  axis: number,
): Value {
  const [first] = parts;
  const shape = [...first.shape];
  shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  const attributes = {
    ...typeOf(first),
    N: { int: parts.length },
    Tidx: { type: 'int32' },
  } as const;
  const at = backend.filled(axis, [], 'int32');
  return backend.value('ConcatV2', [...parts, at], attributes, { shape, type: first.type });
}

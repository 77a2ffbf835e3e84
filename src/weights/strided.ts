import { sizeOf } from '../shared/tensors';
import type { WeightValues } from './weightFile';

/** Distances, in elements, from one index to the next along each axis of a row-major array. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * Math.max(shape[axis + 1], 1);
  }
  return strides;
}

/** The same of an array whose first axis runs fastest, as in Fortran. */
export function columnMajorStrides(shape: readonly number[]): number[] {
  return rowMajorStrides([...shape].reverse()).reverse();
}

/** How many elements from the first to the last one of a view, both counted; 0 of an empty one. */
export function reachOf(shape: readonly number[], strides: readonly number[]): number {
  if (sizeOf(shape) === 0) return 0;
  return shape.reduce((reach, length, axis) => reach + (length - 1) * strides[axis], 1);
}

/** The elements of a view in row-major order; `values` begins with its first element. */
export function gathered(
  values: WeightValues,
  shape: readonly number[],
  strides: readonly number[],
): WeightValues {
  const size = sizeOf(shape);
  if (isRowMajor(shape, strides) && values.length === size) return values;
  const target = values instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
  const index = new Array<number>(shape.length).fill(0);
  const columns = shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 1;
  for (let at = 0, from = 0; at < size;) {
    for (let i = 0; i < columns; i++) target[at++] = values[from + i * step];
    // The next row: as the hands of a clock, an axis that is through sets the one before it on.
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return target;
}

/** Axes of one element may have any stride. */
function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  const expected = rowMajorStrides(shape);
  return shape.every((length, axis) => length <= 1 || strides[axis] === expected[axis]);
}

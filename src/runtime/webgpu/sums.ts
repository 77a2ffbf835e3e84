import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './backend';
import { reduceColumns, type ColumnReduction } from './columns';

/** Σ x of every column. */
export const sum: ColumnReduction = {
  name: 'sum',
  fields: 1,
  inputs: ['x'],
  each: 'a0 += x[i]; n += 1.0;',
  merge: 'a0 += b0; n += bn;',
  outputs: ['result'],
  finish: 'result[column] = a0;',
};

const squares: ColumnReduction = {
  ...sum,
  name: 'squares',
  each: 'a0 += x[i] * x[i]; n += 1.0;',
};

/** Σ x² over everything: the kernel of `sumOfSquares`. */
export const sumOfSquares: KernelFunc = ({ inputs, backend }) => {
  const x = inputs['x'] as TensorInfo;
  const rows = tf.util.sizeFromShape(x.shape);
  return reduceColumns(backend as WebgpuBackend, squares, [x], [rows, 1], [[]]);
};

/**
 * Sums over the leading axes (the gradient of a bias) or over everything, in one pass over memory.
 * The stock kernel transposes everything first, and sums everything in one workgroup. Other sums
 * are left to it.
 */
export function sumOverRows(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { axis, keepDims } = call.attrs as unknown as {
      axis: number[] | number;
      keepDims: boolean;
    };
    const x = call.inputs['x'] as TensorInfo;
    const axes = tf.util.parseAxisParam(axis, x.shape);
    const size = tf.util.sizeFromShape(x.shape);
    const leading = axes.every((value, i) => value === i);
    if (!leading || x.dtype !== 'float32' || size === 0) return stock(call);
    const kept = x.shape.slice(axes.length);
    const columns = tf.util.sizeFromShape(kept);
    const shape = keepDims ? [...axes.map(() => 1), ...kept] : kept;
    const [result] = reduceColumns(
      call.backend as WebgpuBackend,
      sum,
      [x],
      [size / columns, columns],
      [shape],
    );
    return result;
  };
}

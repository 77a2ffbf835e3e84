import type { KernelFunc, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { convFilterGradient, convInputGradient, type ConvInfo } from './convGradients';
import { slice } from './slice';

/**
 * Kernels of the wasm backend that are missing or slow, as compositions of its fast ones
 * (convolution, matrix product, arithmetic). Measured against the stock kernels in
 * test/unit/runtime/wasmKernels.test.ts for equality.
 */

interface ConvGradientAttributes {
  strides: number | [number, number];
  pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function convInfo(
  inputShape: number[],
  filterShape: number[],
  attributes: ConvGradientAttributes,
): ConvInfo {
  const { strides, pad, dataFormat, dimRoundingMode } = attributes;
  if (dataFormat === 'NCHW') throw new Error('The wasm convolutions are channels-last only.');
  return tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

const filterGradient: KernelFunc = ({ inputs, attrs }) => {
  const attributes = attrs as unknown as ConvGradientAttributes & { filterShape: number[] };
  const [x, dy] = [inputs['x'] as Tensor4D, inputs['dy'] as Tensor4D];
  return convFilterGradient(x, dy, convInfo(x.shape, attributes.filterShape, attributes));
};

const inputGradient: KernelFunc = ({ inputs, attrs }) => {
  const attributes = attrs as unknown as ConvGradientAttributes & { inputShape: number[] };
  const [dy, filter] = [inputs['dy'] as Tensor4D, inputs['filter'] as Tensor4D];
  return convInputGradient(dy, filter, convInfo(attributes.inputShape, filter.shape, attributes));
};

/** x · step(x), with `step` = slope for negative x; the stock kernel calls a function per value. */
const leakyRelu: KernelFunc = ({ inputs, attrs }) => {
  const { alpha } = attrs as unknown as { alpha: number };
  const x = inputs['x'] as Tensor;
  return tf.tidy(() => tf.mul(x, tf.step(x, alpha)));
};

/**
 * A sum over the leading axes (the gradient of a bias, the moments of batch norm) is an average
 * pooling over all rows, which runs at the speed of memory where the stock kernel transposes
 * first: 3 ms against 113 ms for [131072, 64]. Other sums are left to `stock`.
 */
function sumOverRows(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { axis, keepDims } = call.attrs as unknown as {
      axis: number[] | number;
      keepDims: boolean;
    };
    const x = call.inputs['x'] as Tensor;
    const axes = tf.util.parseAxisParam(axis, x.shape);
    const leading = axes.length < x.rank && axes.every((value, i) => value === i);
    if (!leading || x.dtype !== 'float32' || x.size === 0) return stock(call);
    const kept = x.shape.slice(axes.length);
    const columns = tf.util.sizeFromShape(kept);
    const rows = x.size / columns;
    // Two stages where possible: shorter sums round less.
    const inner = rows % 64 === 0 ? 64 : rows;
    return tf.tidy(() => {
      const parts = averageRows(tf.reshape(x, [1, rows / inner, inner, columns]), inner);
      const whole = averageRows(tf.reshape(parts, [1, 1, rows / inner, columns]), rows / inner);
      const shape = keepDims ? [...axes.map(() => 1), ...kept] : kept;
      return tf.reshape(tf.mul(whole, rows), shape);
    });
  };
}

function averageRows(x: Tensor4D, count: number): Tensor4D {
  return count === 1 ? x : tf.avgPool(x, [1, count], [1, count], 'valid');
}

/**
 * Transposed operands, for which the stock kernel has plain loops only, are transposed first. With
 * a column that is not needed, since Aᵀb = (bᵀA)ᵀ and a column has the values of a row in the same
 * order: 0.1 ms against 12 ms for a [4608, 512] matrix.
 */
function productOfPlain(stock: KernelFunc): KernelFunc {
  return (call) => {
    const { transposeA, transposeB } = call.attrs as unknown as {
      transposeA: boolean;
      transposeB: boolean;
    };
    if (!transposeA && !transposeB) return stock(call);
    const [a, b] = [call.inputs['a'] as Tensor, call.inputs['b'] as Tensor];
    return tf.tidy(() => {
      if (transposeA && !transposeB && b.shape.at(-1) === 1) {
        return exchanged(tf.matMul(exchanged(b), a));
      }
      return tf.matMul(plain(a, transposeA), plain(b, transposeB));
    });
  };
}

/** Columns as rows, and rows as columns: [..., n, 1] and [..., 1, n]. */
function exchanged(vectors: Tensor): Tensor {
  const [rows, columns] = vectors.shape.slice(-2);
  return tf.reshape(vectors, [...vectors.shape.slice(0, -2), columns, rows]);
}

/** The matrices (last two axes), transposed if they are. */
function plain(matrices: Tensor, transposed: boolean): Tensor {
  if (!transposed) return matrices;
  const axes = matrices.shape.map((_, axis) => axis);
  const [rows, columns] = axes.splice(-2);
  return tf.transpose(matrices, [...axes, columns, rows]);
}

/** Puts our kernels in place of the stock ones; call once, after the backend was registered. */
export function registerWasmKernels(): void {
  const backendName = 'wasm';
  const replace = (kernelName: string, kernelFunc: KernelFunc): void => {
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  };
  replace(tf.Conv2DBackpropFilter, filterGradient);
  replace(tf.Conv2DBackpropInput, inputGradient);
  replace(tf.LeakyRelu, leakyRelu);
  replace(tf.Slice, slice);
  const stockProduct = tf.getKernel(tf.BatchMatMul, backendName);
  replace(tf.BatchMatMul, productOfPlain(stockProduct.kernelFunc));
  const stockSum = tf.getKernel(tf.Sum, backendName);
  replace(tf.Sum, sumOverRows(stockSum.kernelFunc));
}

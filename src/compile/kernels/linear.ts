import * as tf from '@tensorflow/tfjs-core';
import type { Attributes, Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { cast, typeOf, wide, type KernelCall, type RecordingKernels } from './kernel';
import { matrixProduct } from './matrixProduct';
import {
  convolutionProduct,
  filterGradientProduct,
  suitsConvolutionProduct,
  suitsFilterGradientProduct,
} from './patchProduct';
import { reshaped } from './shaping';
import {
  suitsWinograd,
  winogradConvolution,
  winogradFilterGradient,
  winogradInputGradient,
} from './winograd';

/** Matrix products, convolutions and sums. */

type Pair = number | [number, number];

function both(pair: Pair): [number, number] {
  return typeof pair === 'number' ? [pair, pair] : pair;
}

/** The operands of a convolution in the type in which it is to be computed. */
function operands(backend: RecordingBackend, values: readonly Value[]): Value[] {
  return values.map((value) =>
    backend.narrow ? cast(backend, value, 'bfloat16') : wide(backend, value),
  );
}

function convAttributes(call: KernelCall, value: Value): Attributes {
  const [height, width] = both(call.attribute<Pair>('strides'));
  const [down, across] = both(call.attribute<Pair | undefined>('dilations') ?? 1);
  const pad = call.attribute<unknown>('pad');
  if (pad !== 'same' && pad !== 'valid')
    throw new Error('Only same and valid padding is recorded.');
  return {
    ...typeOf(value),
    strides: { ints: [1, height, width, 1] },
    dilations: { ints: [1, down, across, 1] },
    padding: { text: pad.toUpperCase() },
    data_format: { text: 'NHWC' },
  };
}

function geometryOf(
  call: KernelCall,
  x: Pick<Value, 'shape'>,
  filterShape: readonly number[],
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape as [number, number, number, number],
    call.attribute<Pair>('strides'),
    call.attribute<Pair | undefined>('dilations') ?? 1,
    call.attribute<'same' | 'valid'>('pad'),
  );
}

function conv(call: KernelCall): Value {
  const { backend } = call;
  const [x, filter] = operands(backend, [call.held('x'), call.held('filter')]);
  const geometry = geometryOf(call, x, filter.shape);
  if (suitsWinograd(backend, geometry)) return winogradConvolution(backend, x, filter);
  if (suitsConvolutionProduct(backend, geometry)) {
    return convolutionProduct(backend, x, filter, geometry);
  }
  const output = { shape: geometry.outShape, type: x.type };
  return backend.value('Conv2D', [x, filter], convAttributes(call, x), output);
}

/** Gradient of a convolution's input; also the forward pass of a transposed convolution. */
function convInputGradient(call: KernelCall): Value {
  const { backend } = call;
  const [dy, filter] = operands(backend, [call.held('dy'), call.held('filter')]);
  const shape = call.attribute<number[]>('inputShape');
  if (suitsWinograd(backend, geometryOf(call, { shape }, filter.shape))) {
    return winogradInputGradient(backend, dy, filter);
  }
  const inputs = [backend.integers(shape), filter, dy];
  const attributes = convAttributes(call, dy);
  return backend.value('Conv2DBackpropInput', inputs, attributes, { shape, type: dy.type });
}

/** Gradient of a convolution's filter, in float32 as the filter itself. */
function convFilterGradient(call: KernelCall): Value {
  const { backend } = call;
  const [x, dy] = operands(backend, [call.held('x'), call.held('dy')]);
  const shape = call.attribute<number[]>('filterShape');
  const geometry = geometryOf(call, x, shape);
  if (suitsWinograd(backend, geometry)) return winogradFilterGradient(backend, x, dy);
  if (suitsFilterGradientProduct(backend, geometry)) {
    return wide(backend, filterGradientProduct(backend, x, dy, geometry));
  }
  const inputs = [x, backend.integers(shape), dy];
  const attributes = convAttributes(call, dy);
  const output = { shape, type: dy.type };
  return wide(backend, backend.value('Conv2DBackpropFilter', inputs, attributes, output));
}

function matMul(call: KernelCall): Value {
  const [a, b] = [call.input('a'), call.input('b')];
  if (a.shape.length !== 2) throw new Error('Only products of two matrices are recorded.');
  return matrixProduct(call.backend, a, b, {
    a: call.attribute<boolean>('transposeA'),
    b: call.attribute<boolean>('transposeB'),
  });
}

/** A sum. That over all axes but the channels, a bias's gradient, is a product with ones. */
function sum(call: KernelCall): Value {
  const { backend } = call;
  const x = call.held('x');
  const axes = axesOf(call, x);
  const channels = x.shape[x.shape.length - 1];
  const leading = axes.length === x.shape.length - 1 && axes.every((axis, i) => axis === i);
  if (!leading || axes.length === 0 || call.attribute<boolean>('keepDims')) {
    return reduce('Sum', call);
  }
  // Not BiasAddGrad: TensorFlow fuses that into the convolution's filter gradient, which is then up
  // to three times as slow on a processor.
  const rows = x.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const ones = cast(backend, backend.filled(1, [1, rows], 'float32'), x.type);
  const product = matrixProduct(backend, ones, reshaped(backend, x, [rows, channels]));
  return wide(backend, reshaped(backend, product, [channels]));
}

function reduce(op: string, call: KernelCall): Value {
  const { backend } = call;
  const x = call.input('x');
  const axes = axesOf(call, x);
  const keep = call.attribute<boolean>('keepDims');
  const shape = x.shape.flatMap((size, i) => (axes.includes(i) ? (keep ? [1] : []) : [size]));
  const attributes = {
    ...typeOf(x),
    Tidx: { type: 'int32' },
    keep_dims: { bool: keep },
  } as const;
  return backend.value(op, [x, backend.integers(axes)], attributes, { shape, type: x.type });
}

function axesOf(call: KernelCall, { shape }: Value): number[] {
  return tf.util.parseAxisParam(call.attribute<number | number[]>('axis'), [...shape]);
}

function averagePool(call: KernelCall): Value {
  const x = call.input('x');
  const [filterSize, strides] = [
    call.attribute<Pair>('filterSize'),
    call.attribute<Pair>('strides'),
  ];
  const pad = call.attribute<'same' | 'valid'>('pad');
  const { outShape: shape } = tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
  );
  const attributes = {
    ...typeOf(x),
    ksize: { ints: [1, ...both(filterSize), 1] },
    strides: { ints: [1, ...both(strides), 1] },
    padding: { text: pad.toUpperCase() },
    data_format: { text: 'NHWC' },
  };
  return call.backend.value('AvgPool', [x], attributes, { shape, type: x.type });
}

export const linearKernels: RecordingKernels = {
  [tf.AvgPool]: averagePool,
  [tf.BatchMatMul]: matMul,
  [tf.Conv2D]: conv,
  [tf.Conv2DBackpropFilter]: convFilterGradient,
  [tf.Conv2DBackpropInput]: convInputGradient,
  [tf.Mean]: (call) => reduce('Mean', call),
  [tf.Sum]: sum,
};

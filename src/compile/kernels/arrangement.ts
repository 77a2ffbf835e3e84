import * as tf from '@tensorflow/tfjs-core';
import type { Value } from '../graph';
import { alike, typeOf, type KernelCall, type RecordingKernels } from './kernel';
import { concatenated, reshaped, sliced, transposed } from './shaping';

/** Kernels that move elements and do not change them. */

function reshape(call: KernelCall): Value {
  const x = call.held('x');
  const size = tf.util.sizeFromShape([...x.shape]);
  const shape = tf.util.inferFromImplicitShape(call.attribute<number[]>('shape'), size);
  return reshaped(call.backend, x, shape);
}

function transpose(call: KernelCall): Value {
  return transposed(call.backend, call.held('x'), call.attribute<number[]>('perm'));
}

function concat(call: KernelCall): Value {
  const parts = alike(call.backend, call.list());
  const [axis] = tf.util.parseAxisParam(call.attribute<number>('axis'), [...parts[0].shape]);
  return concatenated(call.backend, parts, axis);
}

function pack(call: KernelCall): Value {
  const parts = alike(call.backend, call.list());
  const axis = call.attribute<number>('axis');
  const [{ shape: each, type }] = parts;
  const shape = [...each.slice(0, axis), parts.length, ...each.slice(axis)];
  const attributes = { ...typeOf(parts[0]), N: { int: parts.length }, axis: { int: axis } };
  return call.backend.value('Pack', parts, attributes, { shape, type });
}

function slice(call: KernelCall): Value {
  const x = call.held('x');
  const begin = call.attribute<number[]>('begin');
  const asked = call.attribute<number[]>('size');
  const shape = asked.map((size, i) => (size < 0 ? x.shape[i] - begin[i] : size));
  return sliced(call.backend, x, begin, shape);
}

function pad(call: KernelCall): Value {
  const { backend } = call;
  const x = call.input('x');
  const paddings = call.attribute<[number, number][]>('paddings');
  const shape = x.shape.map((size, i) => size + paddings[i][0] + paddings[i][1]);
  const attributes = { ...typeOf(x), Tpaddings: { type: 'int32' } } as const;
  const flat = backend.table(paddings);
  const fill = backend.filled(call.attribute<number>('constantValue'), [], 'float32');
  return backend.value('PadV2', [x, flat, fill], attributes, { shape, type: x.type });
}

function tile(call: KernelCall): Value {
  const x = call.held('x');
  const reps = call.attribute<number[]>('reps');
  const shape = x.shape.map((size, i) => size * reps[i]);
  const attributes = { ...typeOf(x), Tmultiples: { type: 'int32' } } as const;
  const { type } = x;
  return call.backend.value('Tile', [x, call.backend.integers(reps)], attributes, { shape, type });
}

function likewise(number: number): (call: KernelCall) => Value {
  return (call) => call.backend.filled(number, call.held('x').shape, 'float32');
}

export const arrangementKernels: RecordingKernels = {
  [tf.Concat]: concat,
  [tf.Fill]: (call) =>
    call.backend.filled(call.attribute('value'), call.attribute('shape'), 'float32'),
  [tf.OnesLike]: likewise(1),
  [tf.Pack]: pack,
  [tf.PadV2]: pad,
  [tf.Reshape]: reshape,
  [tf.Slice]: slice,
  [tf.Tile]: tile,
  [tf.Transpose]: transpose,
  [tf.ZerosLike]: likewise(0),
};

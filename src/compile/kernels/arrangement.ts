import * as tf from '@tensorflow/tfjs-core';
import { alike, typeOf, type KernelCall, type RecordingKernels } from './kernel';
import type { Value } from '../graph';

/** Kernels that move elements and do not change them. */

function reshape(call: KernelCall): Value {
  const x = call.held('x');
  const size = tf.util.sizeFromShape([...x.shape]);
  const shape = tf.util.inferFromImplicitShape(call.attribute<number[]>('shape'), size);
  const attributes = { ...typeOf(x), Tshape: { type: 'int32' } } as const;
  const { type } = x;
  return call.backend.value('Reshape', [x, call.backend.integers(shape)], attributes, {
    shape,
    type,
  });
}

function transpose(call: KernelCall): Value {
  const x = call.held('x');
  const order = call.attribute<number[]>('perm');
  const attributes = { ...typeOf(x), Tperm: { type: 'int32' } } as const;
  const shape = order.map((axis) => x.shape[axis]);
  const { type } = x;
  return call.backend.value('Transpose', [x, call.backend.integers(order)], attributes, {
    shape,
    type,
  });
}

function concat(call: KernelCall): Value {
  const { backend } = call;
  const parts = alike(backend, call.list());
  const shapes = parts.map(({ shape }) => [...shape]);
  const [axis] = tf.util.parseAxisParam(call.attribute<number>('axis'), shapes[0]);
  const shape = tf.backend_util.computeOutShape(shapes, axis);
  const [first] = parts;
  const attributes = {
    ...typeOf(first),
    N: { int: parts.length },
    Tidx: { type: 'int32' },
  } as const;
  const at = backend.filled(axis, [], 'int32');
  return backend.value('ConcatV2', [...parts, at], attributes, { shape, type: first.type });
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
  const { backend } = call;
  const x = call.held('x');
  const begin = call.attribute<number[]>('begin');
  const asked = call.attribute<number[]>('size');
  const shape = asked.map((size, i) => (size < 0 ? x.shape[i] - begin[i] : size));
  const attributes = { ...typeOf(x), Index: { type: 'int32' } } as const;
  const inputs = [x, backend.integers(begin), backend.integers(shape)];
  return backend.value('Slice', inputs, attributes, { shape, type: x.type });
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

import * as tf from '@tensorflow/tfjs-core';
import type { ElementType, Value } from '../graph';
import {
  alike,
  cast,
  typeOf,
  type KernelCall,
  type RecordingKernel,
  type RecordingKernels,
} from './kernel';

/** An operation of one array on each of its elements, in float32. */
function unary(op: string): RecordingKernel {
  return (call) => {
    const x = call.input('x');
    return call.backend.value(op, [x], typeOf(x), x);
  };
}

/** The same, in the type in which the array is held. */
function unaryAsHeld(op: string): RecordingKernel {
  return (call) => {
    const x = call.held('x');
    return call.backend.value(op, [x], typeOf(x), x);
  };
}

/** An operation of two arrays whose shapes may be broadcast. */
function binary(op: string, result?: ElementType): RecordingKernel {
  return (call) => {
    const [a, b] = [call.input('a'), call.input('b')];
    return broadcast(call, op, a, b, result ?? a.type);
  };
}

function broadcast(call: KernelCall, op: string, a: Value, b: Value, type: ElementType): Value {
  const shape = tf.backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
  return call.backend.value(op, [a, b], typeOf(a), { shape, type });
}

/** A sum. That of a map and one number a channel has an operation of its own. */
function add(call: KernelCall): Value {
  const [a, b] = [call.held('a'), call.held('b')];
  if (a.shape.length > 1 && b.shape.length === 1 && b.shape[0] === a.shape[a.shape.length - 1]) {
    const [map, bias] = alike(call.backend, [a, b]);
    return call.backend.value('BiasAdd', [map, bias], typeOf(map), map);
  }
  if (a.type === b.type) return broadcast(call, 'AddV2', a, b, a.type);
  return broadcast(call, 'AddV2', call.input('a'), call.input('b'), 'float32');
}

function addN(call: KernelCall): Value {
  const values = alike(call.backend, call.list());
  const [first] = values;
  if (values.length === 1) return first;
  const attributes = { ...typeOf(first), N: { int: values.length } };
  return call.backend.value('AddN', values, attributes, first);
}

/** `alpha` for negative elements, 1 for positive ones. */
function step(call: KernelCall): Value {
  const { backend } = call;
  const x = call.input('x');
  const alpha = call.attribute<number>('alpha');
  const positive = broadcast(call, 'Greater', x, backend.number(0), 'bool');
  const above = cast(backend, positive, 'float32');
  if (alpha === 0) return above;
  const range = broadcast(call, 'Mul', above, backend.number(1 - alpha), 'float32');
  return broadcast(call, 'AddV2', range, backend.number(alpha), 'float32');
}

function leakyRelu(call: KernelCall): Value {
  const x = call.held('x');
  const attributes = { ...typeOf(x), alpha: { float: call.attribute<number>('alpha') } };
  return call.backend.value('LeakyRelu', [x], attributes, x);
}

function castKernel(call: KernelCall): Value {
  const type = call.attribute<'float32' | 'int32' | 'bool'>('dtype');
  const x = call.held('x');
  return x.type === 'bfloat16' && type === 'float32' ? x : cast(call.backend, x, type);
}

export const elementwiseKernels: RecordingKernels = {
  [tf.Abs]: unary('Abs'),
  [tf.Add]: add,
  [tf.AddN]: addN,
  [tf.Cast]: castKernel,
  [tf.Exp]: unary('Exp'),
  [tf.Greater]: binary('Greater', 'bool'),
  [tf.Identity]: (call) => call.held('x'),
  [tf.LeakyRelu]: leakyRelu,
  [tf.Less]: binary('Less', 'bool'),
  [tf.LessEqual]: binary('LessEqual', 'bool'),
  [tf.GreaterEqual]: binary('GreaterEqual', 'bool'),
  [tf.Log1p]: unary('Log1p'),
  [tf.Maximum]: binary('Maximum'),
  [tf.Minimum]: binary('Minimum'),
  [tf.Multiply]: binary('Mul'),
  [tf.Neg]: unary('Neg'),
  [tf.RealDiv]: binary('RealDiv'),
  [tf.Reciprocal]: unary('Reciprocal'),
  [tf.Relu]: unaryAsHeld('Relu'),
  [tf.Rsqrt]: unary('Rsqrt'),
  [tf.Sigmoid]: unary('Sigmoid'),
  [tf.Sign]: unary('Sign'),
  [tf.Sqrt]: unary('Sqrt'),
  [tf.Square]: unary('Square'),
  [tf.Step]: step,
  [tf.Sub]: binary('Sub'),
  [tf.Tanh]: unary('Tanh'),
};

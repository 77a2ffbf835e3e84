import { fusedKernels } from '../../gan/ops/fusedKernel';
import type { Attributes, Value } from '../graph';
import { alike, typeOf, wide, type KernelCall, type RecordingKernels } from './kernel';

/** The operations of src/gan/ops, for which TensorFlow has native ones. */

function leakyReluGradient(call: KernelCall): Value {
  const { backend } = call;
  const slope = call.attribute<number>('slope');
  const [dy, y] = alike(backend, [call.held('dy'), call.held('y')]);
  if (slope === 0) return backend.value('ReluGrad', [dy, y], typeOf(dy), dy);
  const attributes = { ...typeOf(dy), alpha: { float: slope } };
  return backend.value('LeakyReluGrad', [dy, y], attributes, dy);
}

function batchNorm(call: KernelCall): Value[] {
  const { backend } = call;
  const x = call.held('x');
  const scale = call.input('scale');
  const { shape } = scale;
  const none = backend.none();
  const perChannel = { shape, type: 'float32' } as const;
  const [y, mean, spread, ...kept] = backend.graph.values(
    'FusedBatchNormV3',
    [x, scale, call.input('shift'), none, none],
    batchNormAttributes(call, x),
    [x, perChannel, perChannel, perChannel, perChannel, { shape: [0], type: 'float32' }],
  );
  // TensorFlow gives the variance of the population, n/(n - 1) times that of the batch.
  const rows = x.shape.reduce((product, size) => product * size, 1) / shape[0];
  const share = backend.number((rows - 1) / rows);
  const variance = backend.value('Mul', [spread, share], typeOf(spread), perChannel);
  return [y, mean, variance, ...kept];
}

function batchNormGradient(call: KernelCall): Value[] {
  const { backend } = call;
  const [dy, x] = alike(backend, [call.held('dy'), call.held('x')]);
  const scale = call.input('scale');
  const kept = ['kept0', 'kept1', 'kept2'].map((name) => call.input(name));
  const perChannel = { shape: scale.shape, type: 'float32' } as const;
  return backend.graph.values(
    'FusedBatchNormGradV3',
    [dy, x, scale, ...kept],
    batchNormAttributes(call, x),
    [x, perChannel, perChannel],
  );
}

function batchNormAttributes(call: KernelCall, x: Value): Attributes {
  return {
    ...typeOf(x),
    U: { type: 'float32' },
    epsilon: { float: call.attribute<number>('epsilon') },
    is_training: { bool: true },
    data_format: { text: 'NHWC' },
  };
}

function sumOfSquares(call: KernelCall): Value {
  const { backend } = call;
  const x = call.input('x');
  const scalar = { shape: [], type: x.type };
  const half = backend.value('L2Loss', [x], typeOf(x), scalar);
  return backend.value('Mul', [half, backend.number(2)], typeOf(half), scalar);
}

/** average + (value - average) · (1 - decay): each operation can reuse the memory of the last. */
function movingAverage(call: KernelCall): Value {
  const { backend } = call;
  const [average, value, decay] = ['average', 'value', 'decay'].map((name) =>
    wide(backend, call.held(name)),
  );
  const share = backend.value('Sub', [backend.number(1), decay], typeOf(decay), decay);
  const way = backend.value('Sub', [value, average], typeOf(value), value);
  const part = backend.value('Mul', [way, share], typeOf(way), way);
  return backend.value('AddV2', [average, part], typeOf(average), average);
}

export const fusedOperations: RecordingKernels = {
  [fusedKernels.batchNorm]: batchNorm,
  [fusedKernels.batchNormGradient]: batchNormGradient,
  [fusedKernels.leakyReluGradient]: leakyReluGradient,
  [fusedKernels.movingAverage]: movingAverage,
  [fusedKernels.sumOfSquares]: sumOfSquares,
};

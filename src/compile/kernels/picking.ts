import type { Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { typeOf } from './kernel';
import { reshaped } from './shaping';

/** Parts of an array in another order, by their numbers. */

/** One of several nested loops: how often it runs, and how far a round of it goes. */
export interface Loop {
  readonly count: number;
  readonly step: number;
}

/**
 * The numbers that nested loops, the last one the innermost, come by: [product of the counts].
 * Made of ranges, which TensorFlow adds up once, because the file holds no long arrays.
 */
export function walked(backend: RecordingBackend, loops: readonly Loop[]): Value {
  const [first, ...others] = loops.map(({ count, step }, axis) => {
    const shape = loops.map((_, i) => (i === axis ? count : 1));
    return reshaped(backend, range(backend, count, step), shape);
  });
  const numbers = others.reduce((sum, other) => {
    const shape = sum.shape.map((size, axis) => Math.max(size, other.shape[axis]));
    return backend.value('AddV2', [sum, other], typeOf(sum), { shape, type: 'int32' });
  }, first);
  return reshaped(backend, numbers, [loops.reduce((product, { count }) => product * count, 1)]);
}

/** 0, step, 2·step, … */
function range(backend: RecordingBackend, count: number, step: number): Value {
  const [start, limit, delta] = [0, count * step, step].map((value) =>
    backend.filled(value, [], 'int32'),
  );
  const attributes = { Tidx: { type: 'int32' } } as const;
  return backend.value('Range', [start, limit, delta], attributes, {
    shape: [count],
    type: 'int32',
  });
}

/** The parts of x along an axis that a list of numbers names. */
export function picked(backend: RecordingBackend, x: Value, numbers: Value, axis: number): Value {
  const attributes = {
    Tparams: typeOf(x).T,
    Tindices: { type: 'int32' },
    Taxis: { type: 'int32' },
    batch_dims: { int: 0 },
  } as const;
  const shape = [...x.shape.slice(0, axis), ...numbers.shape, ...x.shape.slice(axis + 1)];
  const inputs = [x, numbers, backend.filled(axis, [], 'int32')];
  return backend.value('GatherV2', inputs, attributes, { shape, type: x.type });
}

import type { Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { typeOf } from './kernel';

/** Which of two matrices are transposed before they are multiplied. */
interface Transposed {
  readonly a?: boolean;
  readonly b?: boolean;
}

/** The product of two matrices of one type. */
export function matrixProduct(
  backend: RecordingBackend,
  a: Value,
  b: Value,
  transposed: Transposed = {},
): Value {
  const { a: transposeA = false, b: transposeB = false } = transposed;
  const shape = [a.shape[transposeA ? 1 : 0], b.shape[transposeB ? 0 : 1]];
  const attributes = {
    ...typeOf(a),
    transpose_a: { bool: transposeA },
    transpose_b: { bool: transposeB },
  };
  return backend.value('MatMul', [a, b], attributes, { shape, type: a.type });
}

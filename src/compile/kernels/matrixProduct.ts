import type { Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { typeOf } from './kernel';

/** Which of two matrices are transposed before they are multiplied. */
interface Transposed {
  readonly a?: boolean;
  readonly b?: boolean;
}

/** The product of two matrices of one type, or of as many pairs as two arrays of matrices hold. */
export function matrixProduct(
  backend: RecordingBackend,
  a: Value,
  b: Value,
  transposed: Transposed = {},
): Value {
  const { a: transposeA = false, b: transposeB = false } = transposed;
  const pairs = a.shape.slice(0, -2);
  const [rowsA, columnsA] = a.shape.slice(-2);
  const [rowsB, columnsB] = b.shape.slice(-2);
  const shape = [...pairs, transposeA ? columnsA : rowsA, transposeB ? rowsB : columnsB];
  const output = { shape, type: a.type };
  const [first, second] = [{ bool: transposeA }, { bool: transposeB }];
  return pairs.length === 0
    ? backend.value(
        'MatMul',
        [a, b],
        { ...typeOf(a), transpose_a: first, transpose_b: second },
        output,
      )
    : backend.value('BatchMatMulV2', [a, b], { ...typeOf(a), adj_x: first, adj_y: second }, output);
}

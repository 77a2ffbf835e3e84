import { UserError } from '../shared/userError';
import { innerProduct } from './rowProducts';

/** A real matrix, row-major: element (i, j) is `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * A matrix of its own from `values` (row-major, any numeric array), in float64.
 *
 * @throws UserError if a side is not a positive integer, if the number of values is not
 *   rows x columns, or if a value is not finite
 */
export function matrixOf(rows: number, columns: number, values: ArrayLike<number>): Matrix {
  if (!Number.isInteger(rows) || !Number.isInteger(columns) || rows < 1 || columns < 1) {
    throw new UserError(`A matrix of ${rows} x ${columns} is empty; both sides must be 1 or more.`);
  }
  if (values.length !== rows * columns) {
    throw new UserError(
      `A matrix of ${rows} x ${columns} needs ${rows * columns} values, but ${values.length} were given.`,
    );
  }
  const data = Float64Array.from(values);
  const broken = data.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    const row = Math.floor(broken / columns);
    throw new UserError(
      `The matrix holds ${data[broken]} in row ${row}, column ${broken % columns}; only finite numbers have singular values.`,
    );
  }
  return { rows, columns, data };
}

/** The transpose, as a new matrix. */
export function transpose(a: Matrix): Matrix {
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) data[j * a.rows + i] = a.data[i * a.columns + j];
  }
  return { rows: a.columns, columns: a.rows, data };
}

/** A x. */
export function multiply(a: Matrix, x: Float64Array): Float64Array {
  const y = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) {
    const row = i * a.columns;
    let sum = 0;
    for (let j = 0; j < a.columns; j++) sum += a.data[row + j] * x[j];
    y[i] = sum;
  }
  return y;
}

/** A^T y, reading A along its rows. */
export function multiplyTransposed(a: Matrix, y: Float64Array): Float64Array {
  const x = new Float64Array(a.columns);
  for (let i = 0; i < a.rows; i++) {
    const row = i * a.columns;
    const factor = y[i];
    for (let j = 0; j < a.columns; j++) x[j] += factor * a.data[row + j];
  }
  return x;
}

/** The inner product of two vectors of one length. */
export function dot(x: Float64Array, y: Float64Array): number {
  return innerProduct(x, 0, y, 0, x.length);
}

/** The Euclidean norm of a vector, or the Frobenius norm of a matrix's data; never overflows early. */
export function euclideanNorm(x: Float64Array): number {
  const scale = powerOfTwoBelow(x);
  if (scale === 0) return 0;
  let sum = 0;
  for (const value of x) sum += (value / scale) ** 2;
  return scale * Math.sqrt(sum);
}

/**
 * The power of two at or just below the largest magnitude in `x`; 0 if all are 0. Division by it
 * is exact and brings values of any scale, 1e-300 or 1e300, to where squares are safe.
 */
export function powerOfTwoBelow(x: Float64Array): number {
  let largest = 0;
  for (const value of x) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 0 : 2 ** Math.max(-1074, Math.floor(Math.log2(largest)));
}

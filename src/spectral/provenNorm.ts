import { isPositiveDefinite } from './cholesky';
import { leadingRitzPair } from './lanczos';
import { type Matrix, transpose } from './matrix';
import type { Pace } from './pace';
import { randomStart } from './randomStart';
import { addRowProducts } from './rowProducts';

/**
 * Spectral norms of large matrices with a proof, in a fraction of the time of a decomposition: Lanczos'
 * method on the Gram matrix G finds the largest eigenvalue, and a Cholesky factorisation of
 * (1 + SLACK) lambda I - G proves that there is no larger one. Squaring costs nothing here: it
 * blurs small singular values, but the largest keeps its full precision.
 */

/**
 * Of a square, relative to it. Rounding of Gram matrix and factorisation is at most n k 2^-53 of the
 * largest eigenvalue for n x k (Higham, "Accuracy and stability of numerical algorithms",
 * theorem 10.3): below this for n k < 10^8.
 */
const SLACK = 2 ** -26;

/** A singular value that is larger than a proven norm is so by this factor at most. */
export const PROVEN = 1 + SLACK;

/** Rows that are multiplied with all below them at a time. */
const BLOCK = 32;

/** Of the square; the error of the value is far smaller, being of the second order. */
const RESIDUAL = 2 ** -28;

/** A A^T or A^T A, whichever is smaller; only the lower half is filled. */
export function gramMatrix(a: Matrix, pace: Pace): Matrix {
  const wide = a.rows <= a.columns ? a : transpose(a);
  return lowerProducts(wide, wide, pace);
}

/** The lower half of A B^T. */
export function lowerProducts(a: Matrix, b: Matrix, pace: Pace): Matrix {
  const { rows: n, columns } = a;
  const products = new Float64Array(n * n);
  for (let first = 0; first < n; first += BLOCK) {
    const start = first * columns;
    const below = { data: a.data, first: start, step: columns, count: n - first };
    const count = Math.min(BLOCK, n - first);
    const block = { data: b.data, first: start, step: columns, count };
    const places = { data: products, first: first * n + first, step: n, sideStep: 1 };
    addRowProducts(below, block, columns, places);
    pace(below.count * count * columns);
  }
  return { rows: n, columns: n, data: products };
}

/**
 * The largest eigenvalue of a positive semidefinite matrix, if it is above (1 + SLACK) `known`;
 * otherwise `known`. No eigenvalue exceeds what it returns by more than (1 + SLACK).
 *
 * @param gram its lower half counts
 * @param otherwise computes the eigenvalue where the proof fails
 */
export function largestEigenvalue(
  gram: Matrix,
  known: number,
  pace: Pace,
  otherwise: () => number,
): number {
  const { rows: n } = gram;
  const proves = (value: number): boolean =>
    value > 0 && isPositiveDefinite(gram, value * PROVEN, pace);
  if (proves(known)) return known;
  const { value } = leadingRitzPair(
    (x) => {
      pace(n * n);
      return lowerProduct(gram, x);
    },
    randomStart(n),
    { residual: RESIDUAL, applications: 200 },
  );
  return Math.max(known, proves(value) ? value : otherwise());
}

/** G x from the lower half of a symmetric G. */
function lowerProduct({ rows: n, data }: Matrix, x: Float64Array): Float64Array {
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const factor = x[i];
    let sum = 0;
    for (let j = 0; j < i; j++) {
      sum += data[row + j] * x[j];
      y[j] += data[row + j] * factor;
    }
    y[i] += sum + data[row + i] * factor;
  }
  return y;
}

import { RandomStream, randomPurpose } from '../shared/random';
import type { Bidiagonal } from './bidiagonal';
import { dot, euclideanNorm } from './matrix';
import type { Pace } from './pace';

/**
 * Singular values of a bidiagonal matrix B by bisection. The symmetric tridiagonal matrix T with a
 * zero diagonal and b = d1, e1, d2, e2, …, dn beside it has the eigenvalues ±sigma_i of B (Golub
 * and Kahan 1965), and the signs in its LDL^T factorisation count the eigenvalues below any x
 * (Sturm). The count is reliable in floating point, so bisection cannot fail to converge and each
 * value is found to full relative precision, however clustered.
 */

type Bands = Pick<Bidiagonal, 'diagonal' | 'superdiagonal'>;

/** Pivots of the factorisation stay at least this far from zero, as in LAPACK's dstebz. */
const LEAST_PIVOT = 1e-290;
/** Values below this fraction of the bound on the largest are zero for every purpose. */
const NEGLIGIBLE = 2 ** -200;
const PRECISION = 2 ** -52;

/** The `count` largest singular values of the bidiagonal matrix, largest first. */
export function bidiagonalSpectrum(
  bands: Bands,
  count: number,
  pace: Pace = () => undefined,
): Float64Array {
  const beside = offDiagonal(bands);
  const squares = beside.map((value) => value * value);
  const bound = upperBound(beside);
  const values = new Float64Array(count);
  let ceiling = bound;
  for (let k = 0; k < count; k++) {
    values[k] = bisect(squares, k, ceiling, bound * NEGLIGIBLE);
    // Some 52 counts, each of as many divisions, which take ten times as long as products.
    pace(520 * squares.length);
    // The next value is not larger; a little slack keeps equal values inside the bracket.
    ceiling = Math.min(bound, values[k] * (1 + 4 * PRECISION));
    if (ceiling === 0) break;
  }
  return values;
}

/**
 * Singular vectors [u, v] of the bidiagonal matrix for its largest singular value `sigma` > 0, by
 * inverse iteration on T. In a cluster they are some vectors of the cluster's space.
 */
export function leadingBidiagonalVectors(
  bands: Bands,
  sigma: number,
): [Float64Array, Float64Array] {
  const n = bands.diagonal.length;
  const beside = offDiagonal(bands);
  const start = new RandomStream(0, randomPurpose.powerIteration).uniforms(2 * n, -1, 1);
  let x: Float64Array = Float64Array.from(start);
  // Each solution gains a factor of about 1e15 over the rest of the spectrum: two suffice, and
  // the others cost little.
  for (let iteration = 0; iteration < 4; iteration++) {
    x = solveShifted(beside, sigma, x);
    const norm = euclideanNorm(x);
    x = x.map((value) => value / norm);
  }
  // The eigenvector of T interleaves v and u, each with half of its squared length.
  const v = x.filter((_, i) => i % 2 === 0);
  const u = x.filter((_, i) => i % 2 === 1);
  const [lengthU, lengthV] = [Math.sqrt(dot(u, u)), Math.sqrt(dot(v, v))];
  return [u.map((value) => value / lengthU), v.map((value) => value / lengthV)];
}

/** d1, e1, d2, e2, …, dn. */
function offDiagonal({ diagonal, superdiagonal }: Bands): Float64Array {
  return Float64Array.from({ length: 2 * diagonal.length - 1 }, (_, i) =>
    i % 2 === 0 ? diagonal[i / 2] : superdiagonal[(i - 1) / 2],
  );
}

/** A bound on the eigenvalues of T by Gershgorin's circles, rounded up. */
function upperBound(beside: Float64Array): number {
  let bound = 0;
  for (let i = 0; i <= beside.length; i++) {
    const left = i > 0 ? Math.abs(beside[i - 1]) : 0;
    const right = i < beside.length ? Math.abs(beside[i]) : 0;
    bound = Math.max(bound, left + right);
  }
  return bound * (1 + 4 * PRECISION);
}

/** The k-th largest singular value (k from 0), known to be at most `ceiling`. */
function bisect(squares: Float64Array, k: number, ceiling: number, negligible: number): number {
  let low = 0;
  let high = ceiling;
  while (high - low > Math.max(negligible, PRECISION * high)) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (countAbove(squares, middle) > k) low = middle;
    else high = middle;
  }
  return low === 0 ? 0 : low + (high - low) / 2;
}

/** How many singular values lie above x > 0: the eigenvalues of T that are not below x. */
function countAbove(squares: Float64Array, x: number): number {
  let above = 0;
  let pivot = -x;
  for (let i = 0; i < squares.length; i++) {
    pivot = -x - squares[i] / pivot;
    if (pivot > -LEAST_PIVOT && pivot < LEAST_PIVOT) pivot = -LEAST_PIVOT;
    if (pivot > 0) above++;
  }
  return above;
}

/** Solves (T - sigma I) x = right by elimination with row exchanges; a zero pivot is nudged. */
function solveShifted(beside: Float64Array, sigma: number, right: Float64Array): Float64Array {
  const length = right.length;
  const x = right.slice();
  const diagonal = new Float64Array(length).fill(-sigma);
  const upper = new Float64Array(length);
  const secondUpper = new Float64Array(length);
  upper.set(beside);
  for (let i = 0; i + 1 < length; i++) {
    let below = beside[i];
    if (Math.abs(below) > Math.abs(diagonal[i])) {
      // Rows i and i + 1 change places.
      [diagonal[i], below] = [below, diagonal[i]];
      [upper[i], diagonal[i + 1]] = [diagonal[i + 1], upper[i]];
      [secondUpper[i], upper[i + 1]] = [upper[i + 1], 0];
      [x[i], x[i + 1]] = [x[i + 1], x[i]];
    }
    const factor = below / awayFromZero(diagonal[i], sigma);
    diagonal[i + 1] -= factor * upper[i];
    upper[i + 1] -= factor * secondUpper[i];
    x[i + 1] -= factor * x[i];
  }
  for (let i = length - 1; i >= 0; i--) {
    const known =
      (i + 1 < length ? upper[i] * x[i + 1] : 0) + (i + 2 < length ? secondUpper[i] * x[i + 2] : 0);
    x[i] = (x[i] - known) / awayFromZero(diagonal[i], sigma);
  }
  return x;
}

function awayFromZero(pivot: number, scale: number): number {
  return Math.abs(pivot) < PRECISION * scale ? PRECISION * scale : pivot;
}

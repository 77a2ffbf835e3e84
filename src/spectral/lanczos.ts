import { bidiagonalSpectrum, leadingBidiagonalVectors } from './bidiagonalSpectrum';
import { dot, euclideanNorm } from './matrix';

/** An approximate eigenvector of a symmetric operator A. */
export interface RitzPair {
  /** The Rayleigh quotient x^T A x; never above the largest eigenvalue. */
  readonly value: number;
  /** x, a unit vector. */
  readonly vector: Float64Array;
  /** ||A x - value x||: an eigenvalue of A lies no further than this from `value`. */
  readonly residual: number;
}

/** What decides when to stop. */
export interface LanczosLimits {
  /** Relative to the value. */
  readonly residual: number;
  /** How often A is applied at most. */
  readonly applications: number;
}

/**
 * The largest eigenvalue of a symmetric, positive semidefinite operator by Lanczos' method with
 * full reorthogonalisation. After k applications the value is the best that any combination of
 * x, A x, … A^k x has, so it comes closer with each at least as fast as power iteration and far
 * faster where the first eigenvalues are close to each other.
 *
 * A start that is orthogonal to an eigenvector cannot find it; the residual does not tell that.
 *
 * @param apply A x as a new vector
 * @param start any vector that is not 0
 */
export function leadingRitzPair(
  apply: (x: Float64Array) => Float64Array,
  start: Float64Array,
  limits: LanczosLimits,
): RitzPair {
  const basis: Float64Array[] = [scaled(start, 1 / euclideanNorm(start))];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const most = Math.min(start.length, limits.applications);
  for (let k = 1; ; k++) {
    const last = basis[k - 1];
    const next = apply(last);
    diagonal.push(dot(last, next));
    // Twice is enough to make it orthogonal to rounding (Parlett, "The symmetric eigenvalue
    // problem", section 6.9).
    for (let pass = 0; pass < 2; pass++) for (const q of basis) subtract(next, q, dot(q, next));
    const length = euclideanNorm(next);
    const { value, weights } = leadingTridiagonalPair(diagonal, beside);
    const residual = length * Math.abs(weights[k - 1]);
    if (k === most || !(residual > limits.residual * value)) {
      return { value, vector: combined(basis, weights), residual };
    }
    beside.push(length);
    basis.push(scaled(next, 1 / length));
  }
}

/**
 * The largest eigenvalue and its vector of a tridiagonal matrix T. T + cI is positive definite
 * for a c as large as T itself, and is B^T B with a bidiagonal B: the singular values of B are
 * found to full precision.
 */
function leadingTridiagonalPair(
  diagonal: readonly number[],
  beside: readonly number[],
): { value: number; weights: Float64Array } {
  const shift = Math.max(...diagonal);
  if (!(shift > 0)) return { value: 0, weights: Float64Array.from(diagonal, (_, i) => +(i === 0)) };
  const bands = {
    diagonal: new Float64Array(diagonal.length),
    superdiagonal: new Float64Array(diagonal.length - 1),
  };
  for (let i = 0, above = 0; i < diagonal.length; i++) {
    bands.diagonal[i] = Math.sqrt(diagonal[i] + shift - above * above);
    if (i === beside.length) break;
    above = beside[i] / bands.diagonal[i];
    bands.superdiagonal[i] = above;
  }
  const [sigma] = bidiagonalSpectrum(bands, 1);
  const [, weights] = leadingBidiagonalVectors(bands, sigma);
  return { value: sigma * sigma - shift, weights };
}

function combined(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const x = new Float64Array(basis[0].length);
  basis.forEach((q, i) => subtract(x, q, -weights[i]));
  return scaled(x, 1 / euclideanNorm(x));
}

/** x -= factor q */
function subtract(x: Float64Array, q: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i] -= factor * q[i];
}

function scaled(x: Float64Array, factor: number): Float64Array {
  return x.map((value) => value * factor);
}

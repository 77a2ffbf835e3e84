import { bidiagonalise } from './bidiagonal';
import { bidiagonalSpectrum, leadingBidiagonalVectors } from './bidiagonalSpectrum';
import { type Matrix, powerOfTwoBelow } from './matrix';
import { type Pace, paced } from './pace';

/** The largest singular value with its vectors: A v = sigma u and A^T u = sigma v. */
export interface LeadingTriplet {
  readonly sigma: number;
  /** Left singular vector, as long as the matrix has rows; a unit vector. */
  readonly u: Float64Array;
  /** Right singular vector, as long as the matrix has columns; a unit vector. */
  readonly v: Float64Array;
  /** The second largest singular value; 0 where the matrix has one row or column. */
  readonly next: number;
}

/**
 * All min(rows, columns) singular values of a matrix, largest first: Householder reduction to
 * bidiagonal form, then bisection. The errors are a few 1e-15 of the *largest* value at any scale
 * of the matrix (1e-300 … 1e300); values below about 1e-15 of the largest are rounding noise,
 * as in LAPACK's dgesdd. A product A A^T is never formed, because that would lose every value
 * below 1e-8 of the largest.
 *
 * @param check called about every 20 ms; may throw to end the work
 */
export function singularValues(a: Matrix, check?: () => void): Float64Array {
  return pacedSingularValues(a, paced(check));
}

/** The same within other work that keeps a pace. */
export function pacedSingularValues(a: Matrix, pace: Pace): Float64Array {
  return largestSingularValues(a, Math.min(a.rows, a.columns), pace);
}

/**
 * The spectral norm and its singular vectors, exact to rounding. Of the two choices of sign any
 * may come, but u and v belong together. If the largest singular value is repeated, u and v are
 * one pair of many. The zero matrix has sigma = 0 and the first unit vectors.
 *
 * @param check called about every 20 ms; may throw to end the work
 */
export function leadingTriplet(a: Matrix, check?: () => void): LeadingTriplet {
  const scale = powerOfTwoBelow(a.data);
  if (scale === 0) {
    return { sigma: 0, u: firstUnitVector(a.rows), v: firstUnitVector(a.columns), next: 0 };
  }
  const bidiagonal = bidiagonalise(divided(a, scale), paced(check));
  const [sigma, next = 0] = bidiagonalSpectrum(bidiagonal, Math.min(2, a.rows, a.columns));
  const [u, v] = bidiagonal.carryBack(...leadingBidiagonalVectors(bidiagonal, sigma));
  return { sigma: sigma * scale, u, v, next: next * scale };
}

/** The spectral norm of a matrix: its largest singular value (eq. 6 of the paper). */
export function spectralNorm(a: Matrix): number {
  return largestSingularValues(a, 1)[0];
}

function largestSingularValues(a: Matrix, count: number, pace?: Pace): Float64Array {
  const scale = powerOfTwoBelow(a.data);
  if (scale === 0) return new Float64Array(count);
  const values = bidiagonalSpectrum(bidiagonalise(divided(a, scale), pace), count, pace);
  return values.map((value) => value * scale);
}

function divided(a: Matrix, scale: number): Matrix {
  return { ...a, data: a.data.map((value) => value / scale) };
}

function firstUnitVector(length: number): Float64Array {
  const vector = new Float64Array(length);
  vector[0] = 1;
  return vector;
}

import { UserError } from '../shared/userError';
import {
  type Matrix,
  euclideanNorm,
  multiply,
  multiplyTransposed,
  powerOfTwoBelow,
} from './matrix';
import { paced } from './pace';
import { randomStart } from './randomStart';

/**
 * Power iteration for the spectral norm, in two forms that walk the same path. With the singular
 * values sigma_1 > sigma_2 >= … of W, the eigenvalues of W^T W are lambda_i = sigma_i^2, and
 *
 * - the tangent of the angle between v_t and the first singular vector falls like
 *   (lambda_2 / lambda_1)^t: a factor of lambda_2 / lambda_1 per iteration;
 * - the estimate ||W v_t|| is a Rayleigh quotient, in which that angle enters squared: its error
 *   falls like (lambda_2 / lambda_1)^(2t) and the estimate never exceeds sigma_1.
 */

/** Where to begin: a vector, or the seed of a Gaussian one. */
export type PowerIterationStart = Float64Array | { readonly seed: number };

/** A run of the iteration; what there is to report when the start vector was in the null space. */
export type PowerIteration =
  | {
      readonly converging: true;
      /** The estimate of sigma_1 after each iteration. */
      readonly estimates: Float64Array;
      /** Left vector after the last iteration, as long as W has rows; a unit vector. */
      readonly u: Float64Array;
      /** Right vector after the last iteration, as long as W has columns; a unit vector. */
      readonly v: Float64Array;
    }
  | {
      readonly converging: false;
      /** One sentence for people. */
      readonly reason: string;
    };

/** A product this small beside ||W||_F is rounding noise: the vector lies in the null space. */
const NOISE = 2 ** -48;

/**
 * Iterates v <- W^T W v / ||W^T W v||; the estimate is ||W v||, the root of the Rayleigh quotient
 * v^T W^T W v.
 *
 * @param w the weight as a matrix
 * @param start v_0 with one value per column
 * @param check called about every 20 ms; may throw to end the work
 * @throws UserError if the start vector has another length or the number of iterations is not
 *   a positive integer
 */
export function iterateGram(
  w: Matrix,
  start: PowerIterationStart,
  iterations: number,
  check?: () => void,
): PowerIteration {
  requireIterations(iterations);
  const pace = paced(check);
  const { matrix, scale } = scaled(w);
  let v = startVector(start, w.columns, 'column');
  let image = multiply(matrix, v);
  if (isNoise(image, matrix)) return startInNullSpace('W v = 0');
  const estimates = new Float64Array(iterations);
  for (let t = 0; t < iterations; t++) {
    v = unit(multiplyTransposed(matrix, unit(image)));
    image = multiply(matrix, v);
    estimates[t] = scale * euclideanNorm(image);
    pace(2 * matrix.data.length);
  }
  return { converging: true, estimates, u: unit(image), v };
}

/**
 * Iterates v <- W^T u / ||W^T u||, u <- W v / ||W v|| (Algorithm 1 and eq. 18-19 of the paper);
 * the estimate is sigma = u^T W v (eq. 20), which equals ||W v|| because u points along W v.
 *
 * @param w the weight as a matrix
 * @param start u_0 with one value per row
 * @throws UserError as {@link iterateGram}
 */
export function iterateAlternating(
  w: Matrix,
  start: PowerIterationStart,
  iterations: number,
  check?: () => void,
): PowerIteration {
  requireIterations(iterations);
  const pace = paced(check);
  const { matrix, scale } = scaled(w);
  let u = startVector(start, w.rows, 'row');
  let v = multiplyTransposed(matrix, u);
  if (isNoise(v, matrix)) return startInNullSpace('W^T u = 0');
  const estimates = new Float64Array(iterations);
  for (let t = 0; t < iterations; t++) {
    v = unit(multiplyTransposed(matrix, u));
    const image = multiply(matrix, v);
    estimates[t] = scale * euclideanNorm(image);
    pace(2 * matrix.data.length);
    u = unit(image);
  }
  return { converging: true, estimates, u, v };
}

/** W divided by a power of two, so that products of products neither overflow nor vanish. */
function scaled(w: Matrix): { matrix: Matrix; scale: number } {
  const scale = powerOfTwoBelow(w.data);
  if (scale === 0) return { matrix: w, scale };
  return { matrix: { ...w, data: w.data.map((value) => value / scale) }, scale };
}

function startVector(start: PowerIterationStart, length: number, side: string): Float64Array {
  if (!(start instanceof Float64Array)) return unit(randomStart(length, start.seed));
  if (start.length !== length) {
    throw new UserError(
      `The start vector of the power iteration has ${start.length} values, but the matrix needs ${length}, one per ${side}.`,
    );
  }
  if (!start.some((value) => value !== 0) || !start.every(Number.isFinite)) {
    throw new UserError(
      'The start vector of the power iteration must be finite and not zero in every place; draw it at random.',
    );
  }
  return unit(start);
}

function requireIterations(iterations: number): void {
  if (Number.isInteger(iterations) && iterations >= 1) return;
  throw new UserError(`Power iteration needs 1 or more iterations, not ${iterations}.`);
}

/** Whether the image of a unit vector under `matrix` is nothing but rounding error. */
function isNoise(image: Float64Array, matrix: Matrix): boolean {
  return euclideanNorm(image) <= NOISE * euclideanNorm(matrix.data);
}

function startInNullSpace(equation: string): PowerIteration {
  return {
    converging: false,
    reason: `The start vector lies in the null space of the matrix (${equation}), so the iteration has no direction to follow; begin with a random vector.`,
  };
}

function unit(x: Float64Array): Float64Array {
  const norm = euclideanNorm(x);
  return x.map((value) => value / norm);
}

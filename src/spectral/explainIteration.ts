import type { IterationAnswer, IterationForm } from '../shared/inspectionQuestions';
import { type Matrix, dot, euclideanNorm } from './matrix';
import { iterateAlternating, iterateGram } from './powerIteration';
import { leadingTriplet } from './singularValues';

/** Nearer to each other than this, relative to them, two singular values count as one repeated. */
const REPEATED = 1e-12;
/** Beside a unit vector a component this small is rounding: there is nothing in it to grow. */
const NOISE = 1e-12;

/**
 * Runs power iteration beside what it should find, and says why it fails where it does.
 *
 * The first singular vector is that of the space in which the form begins: the right one for `gram`,
 * the left one for `alternating`. With the tangent of the start's angle to it, tan_0, and
 * r = lambda_2 / lambda_1, the tangent at the right vector of iteration t is at most tan_0 r^t for
 * `gram` and tan_0 r^(t - 1/2) for `alternating`, which applies the matrix once less; the estimate
 * is at least sigma_1 / sqrt(1 + tangent^2).
 *
 * A start that is orthogonal to the first vector finds it in exact arithmetic never, and in floating
 * point only when rounding has grown into it, so that the estimates stay at a smaller singular value
 * for long.
 *
 * @param start as long as the matrix has columns (`gram`) or rows (`alternating`); undefined where
 *   there is none, which is a failure of its own
 * @param iterations 1 or more
 * @param check called about every 20 ms; may throw to end the work
 * @throws UserError as `iterateGram`
 */
export function explainIteration(
  matrix: Matrix,
  form: IterationForm,
  start: Float64Array | undefined,
  iterations: number,
  check?: () => void,
): Omit<IterationAnswer, 'kind'> {
  const run = form === 'gram' ? iterateGram : iterateAlternating;
  const walked = start && run(matrix, start, iterations, check);
  const { sigma: exact, next, u, v } = leadingTriplet(matrix, check);
  const facts = { exact, ratio: exact === 0 ? 0 : (next / exact) ** 2 };
  const nothing = { ...facts, estimates: new Float64Array() };
  if (!walked) return { ...nothing, startTangent: NaN, failure: 'noStoredVector' };
  if (!walked.converging) return { ...nothing, startTangent: Infinity, failure: 'nullSpace' };
  const { estimates } = walked;
  if (next >= exact * (1 - REPEATED)) return { ...facts, estimates, startTangent: NaN };
  const startTangent = tangentBetween(start, form === 'gram' ? v : u);
  if (startTangent < 1 / NOISE) return { ...facts, estimates, startTangent };
  return { ...facts, estimates, startTangent: Infinity, failure: 'orthogonal' };
}

/** Of the angle between the lines of a vector of any length and a unit vector. */
function tangentBetween(x: Float64Array, unit: Float64Array): number {
  const length = euclideanNorm(x);
  const direction = x.map((value) => value / length);
  const along = dot(direction, unit);
  const across = euclideanNorm(direction.map((value, i) => value - along * unit[i]));
  return across / Math.abs(along);
}

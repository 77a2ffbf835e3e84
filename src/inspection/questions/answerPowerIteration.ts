import type { IterationAnswer, WeightQuestion } from '../../shared/inspectionQuestions';
import { RandomStream, randomPurpose } from '../../shared/random';
import { UserError } from '../../shared/userError';
import { dot, euclideanNorm, type Matrix, multiplyTransposed } from '../../spectral/matrix';
import { iterateAlternating, iterateGram } from '../../spectral/powerIteration';
import { leadingTriplet, singularValues } from '../../spectral/singularValues';
import type { WeightFile } from '../../weights/weightFile';
import { readVector } from '../numbers/layerWeight';
import { matrixOfLayer, type ReadLayer } from './layerOfFile';

type Ask = Extract<WeightQuestion, { kind: 'powerIteration' }>;

const MOST_ITERATIONS = 1000;
/** A component this small beside the vector is rounding noise: there is nothing to grow. */
const NOISE = 1e-12;
/** Values nearer to each other than this count as one that is repeated. */
const REPEATED = 1e-12;

/**
 * Runs the power iteration on a layer, beside what it should find.
 *
 * @throws UserError where the layer cannot be read or the number of iterations is out of range
 */
export async function answerPowerIteration(
  weights: WeightFile,
  read: ReadLayer,
  ask: Ask,
  check?: () => void,
): Promise<IterationAnswer> {
  const { form, iterations } = ask;
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MOST_ITERATIONS) {
    throw new UserError(`The number of iterations must be from 1 to ${MOST_ITERATIONS}.`);
  }
  const matrix = matrixOfLayer(read);
  const values = singularValues(matrix, check);
  const [exact, second = 0] = values;
  const ratio = exact === 0 ? 0 : (second / exact) ** 2;
  const answer = { kind: 'powerIteration' as const, exact, ratio };
  const nothing = { ...answer, estimates: new Float64Array() };
  const start = await startOf(weights, read, matrix, ask);
  if (start === undefined) return { ...nothing, startTangent: NaN, failure: 'noStoredVector' };

  const walked =
    form === 'gram'
      ? iterateGram(matrix, start, iterations)
      : iterateAlternating(matrix, start, iterations);
  if (!walked.converging) return { ...nothing, startTangent: Infinity, failure: 'nullSpace' };
  const { estimates } = walked;
  if (second >= exact * (1 - REPEATED)) return { ...answer, estimates, startTangent: NaN };
  const { u, v } = leadingTriplet(matrix);
  const startTangent = tangentBetween(start, form === 'gram' ? v : u);
  const orthogonal = startTangent > 1 / NOISE;
  return { ...answer, estimates, startTangent, ...(orthogonal && { failure: 'orthogonal' }) };
}

/** The start in the space that the form begins in; undefined where the file has no u. */
async function startOf(
  weights: WeightFile,
  { layer }: ReadLayer,
  matrix: Matrix,
  { form, start, seed }: Ask,
): Promise<Float64Array | undefined> {
  const length = form === 'gram' ? matrix.columns : matrix.rows;
  if (start === 'ones') return new Float64Array(length).fill(1);
  if (start === 'random') {
    return Float64Array.from(new RandomStream(seed, randomPurpose.powerIteration).normals(length));
  }
  if (layer.u === undefined) return undefined;
  const u = await readVector(weights, layer.u, matrix.rows);
  if (form === 'alternating') return u;
  return layer.v === undefined
    ? multiplyTransposed(matrix, u)
    : readVector(weights, layer.v, matrix.columns);
}

/** Of the angle between a vector and a unit vector. */
function tangentBetween(x: Float64Array, unit: Float64Array): number {
  const along = dot(x, unit);
  const across = euclideanNorm(x.map((value, i) => value - along * unit[i]));
  return across / Math.abs(along);
}

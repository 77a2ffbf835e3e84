import type { IterationAnswer, WeightQuestion } from '../../shared/inspectionQuestions';
import { UserError } from '../../shared/userError';
import { explainIteration } from '../../spectral/explainIteration';
import { type Matrix, multiplyTransposed } from '../../spectral/matrix';
import { randomStart } from '../../spectral/randomStart';
import type { WeightFile } from '../../weights/weightFile';
import { readVector } from '../numbers/layerWeight';
import { matrixOfLayer, type ReadLayer } from './layerOfFile';

type Ask = Extract<WeightQuestion, { kind: 'powerIteration' }>;

const MOST_ITERATIONS = 1000;

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
  const start = await startOf(weights, read, matrix, ask);
  return { kind: 'powerIteration', ...explainIteration(matrix, form, start, iterations, check) };
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
  if (start === 'random') return randomStart(length, seed);
  if (layer.u === undefined) return undefined;
  const u = await readVector(weights, layer.u, matrix.rows);
  if (form === 'alternating') return u;
  return layer.v === undefined
    ? multiplyTransposed(matrix, u)
    : readVector(weights, layer.v, matrix.columns);
}

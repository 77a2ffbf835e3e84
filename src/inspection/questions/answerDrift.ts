import type { Corrections, FileListing } from '../../shared/inspection';
import type { DriftAnswer } from '../../shared/inspectionQuestions';
import { UserError } from '../../shared/userError';
import { singularValues } from '../../spectral/singularValues';
import { openWeights } from '../../weights/openWeights';
import { estimateSigma } from '../numbers/estimate';
import { matrixOfLayer, readLayer } from './layerOfFile';

/**
 * The singular values of one layer in every checkpoint of the run, the ends first and then the
 * middles of what lies between, so that a drawing of them is soon right everywhere.
 *
 * @param tell told each checkpoint, and whether it is the last
 * @throws UserError where the file belongs to no run
 */
export async function answerDrift(
  { own, file }: FileListing,
  layer: string,
  corrections: Corrections,
  tell: (answer: DriftAnswer, last: boolean) => void,
  check?: () => void,
): Promise<void> {
  const checkpoints = own?.checkpoints ?? [];
  if (checkpoints.length === 0)
    throw new UserError(`${file} lies in no run, so it has no history.`);
  const total = checkpoints.length;
  let done = 0;
  for (const index of bisectingOrder(total)) {
    const { step, file: checkpoint } = checkpoints[index];
    const found = await spectrumIn(checkpoint, layer, corrections, check);
    done++;
    tell({ kind: 'drift', step, ...found, done, total }, done === total);
  }
}

async function spectrumIn(
  file: string,
  name: string,
  corrections: Corrections,
  check?: () => void,
): Promise<Pick<DriftAnswer, 'values' | 'estimate' | 'flaw'>> {
  try {
    const weights = await openWeights(file);
    try {
      const read = await readLayer(weights, name, corrections);
      const matrix = matrixOfLayer(read);
      const estimate = await estimateSigma(weights, read.layer, matrix);
      return { values: singularValues(matrix, check), estimate };
    } finally {
      await weights.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    return { values: new Float64Array(), estimate: null, flaw: thrown.message };
  }
}

/** Indices from 0 to count - 1: both ends, then the middle of every gap, the widest gaps first. */
export function bisectingOrder(count: number): number[] {
  if (count < 3) return Array.from({ length: count }, (_, i) => i);
  const order = [0, count - 1];
  const gaps: [from: number, to: number][] = [[0, count - 1]];
  for (let gap = gaps.shift(); gap; gap = gaps.shift()) {
    const [from, to] = gap;
    const middle = (from + to) >> 1;
    if (middle === from) continue;
    order.push(middle);
    gaps.push([from, middle], [middle, to]);
  }
  return order;
}

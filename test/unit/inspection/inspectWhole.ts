import {
  inspectFile,
  type InspectionListener,
  type InspectionTask,
} from '../../../src/inspection/inspectFile';
import type { FileListing, LayerNumbers, NetworkVerdict } from '../../../src/shared/inspection';
import { openWeights } from '../../../src/weights/openWeights';
import type { WeightFile } from '../../../src/weights/weightFile';

/** All that an inspection says, in the end and in the order in which it said it. */
export interface WholeInspection {
  readonly listing: FileListing;
  readonly numbers: ReadonlyMap<string, LayerNumbers>;
  readonly verdicts: ReadonlyMap<string, NetworkVerdict>;
  /** `weights conv1` … */
  readonly work: readonly string[];
}

/** Inspects a file, or what a test invents, to its end. */
export async function inspectWhole(
  from: string | WeightFile,
  task: Partial<InspectionTask> = {},
): Promise<WholeInspection> {
  const weights = typeof from === 'string' ? await openWeights(from) : from;
  let listed: FileListing | undefined;
  const numbers = new Map<string, LayerNumbers>();
  const verdicts = new Map<string, NetworkVerdict>();
  const work: string[] = [];
  const listener: InspectionListener = {
    listing: (listing) => {
      listed = listing;
    },
    numbers: (layer, found) => numbers.set(layer, found),
    verdict: (verdict) => verdicts.set(verdict.network, verdict),
    state: (state) =>
      work.push(state.kind === 'working' ? `${state.doing} ${state.layer}` : 'done'),
  };
  await inspectFile(weights, { corrections: {}, first: [], known: {}, ...task }, listener);
  await weights.close();
  if (!listed) throw new Error('It said no listing.');
  return { listing: listed, numbers, verdicts, work };
}

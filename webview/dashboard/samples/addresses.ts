import type { RunView } from '../../../src/shared/dashboard';
import { stepStem } from '../../../src/shared/stepNames';
import { withQuery } from './pictures';

/** What a run's grids looked like when it was last seen. */
interface Seen {
  readonly samples: readonly number[];
  readonly progress: number;
  readonly edition: number;
}

const seen = new Map<string, Seen>();

/**
 * Address of a sample grid. A run that is resumed from an earlier checkpoint draws later grids
 * anew; they get another address then, because what is decoded is not loaded again.
 */
export function gridAddress(run: RunView, step: number): string {
  const address = `${run.baseUri}/${gridFile(step)}`;
  const edition = editionOf(run);
  const dated = edition === 0 ? address : withQuery(address, `edition=${edition}`);
  return step > run.identity.progress.step ? withQuery(dated, 'before') : dated;
}

/** The grid's file in the run folder, for people. */
export function gridFile(step: number): string {
  return `samples/${stepStem(step)}.png`;
}

/** Address of the grid of training images. */
export function realAddress(run: RunView): string {
  return `${run.baseUri}/real.png`;
}

function editionOf(run: RunView): number {
  const { key, samples, identity } = run;
  const progress = identity.progress.step;
  const before = seen.get(key);
  if (before?.samples === samples && before.progress === progress) return before.edition;
  const rewound = before !== undefined && (progress < before.progress || !grew(before, samples));
  const edition = (before?.edition ?? 0) + Number(rewound);
  seen.set(key, { samples, progress, edition });
  return edition;
}

/** Whether all grids that were there still are: steps ascend, so the last one tells. */
function grew(before: Seen, samples: readonly number[]): boolean {
  const { length } = before.samples;
  return length === 0 || samples[length - 1] === before.samples[length - 1];
}

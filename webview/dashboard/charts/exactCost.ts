import type { RunColumns } from '../columns';

type TimedColumns = Pick<RunColumns, 'steps' | 'values'>;

/** What exact spectral norms cost a run lately. */
export interface ExactCost {
  /** Milliseconds, averaged over steps. */
  readonly perStep: number;
  /** Of the whole time of a step. */
  readonly share: number;
  /** The newest steps, over which it is averaged. */
  readonly steps: number;
}

/**
 * The cost of exact norms, averaged over the fewest of the newest steps that hold one computation.
 * Times are means from one timed row to the next, so every row counts as often as it has steps.
 *
 * @param every steps from one computation to the next
 * @returns undefined before so many steps are logged, and for runs that did not time it
 */
export function exactCost(columns: TimedColumns, every: number): ExactCost | undefined {
  const { steps } = columns;
  const ofStep = columns.values('ms/step');
  const ofExact = columns.values('ms/exact');
  if (!ofStep || !ofExact || every < 1) return undefined;
  let [covered, exact, whole] = [0, 0, 0];
  for (let row = lastTimed(ofStep, ofStep.length); row >= 0 && covered < every;) {
    const before = lastTimed(ofStep, row);
    const here = steps[row] - (before < 0 ? 0 : steps[before]);
    covered += here;
    // A row of steps in which nothing exact was computed has no time for it.
    exact += here * (ofExact[row] || 0);
    whole += here * ofStep[row];
    row = before;
  }
  if (covered < every || !(exact > 0) || !(whole > 0)) return undefined;
  return { perStep: exact / covered, share: exact / whole, steps: covered };
}

/** The last row before one that has a time; -1 where there is none. */
function lastTimed(ofStep: ArrayLike<number>, before: number): number {
  let row = before - 1;
  while (row >= 0 && Number.isNaN(ofStep[row])) row--;
  return row;
}

import type { RunColumns } from '../columns';

/**
 * Two rows further apart than this, and than ten times what rows before them were, have a pause
 * between them: the run was paused, stopped or killed and went on later.
 */
const SHORTEST_PAUSE_S = 60;
const PAUSE_RATIO = 10;

interface Sum {
  readonly first: number;
  rows: number;
  seconds: number;
  /** What two rows were apart lately. */
  usual: number;
}

/** Long runs are summed up once; afterwards only new rows are added. */
const sums = new WeakMap<RunColumns, Sum>();

/** Seconds for which a run has trained, without its pauses; 0 before two rows are there. */
export function trainingSeconds(columns: RunColumns): number {
  const { times } = columns;
  if (times.length === 0) return 0;
  let sum = sums.get(columns);
  if (!sum || sum.first !== times[0] || sum.rows > times.length) {
    sum = { first: times[0], rows: 1, seconds: 0, usual: NaN };
    sums.set(columns, sum);
  }
  for (; sum.rows < times.length; sum.rows++) {
    const gap = times[sum.rows] - times[sum.rows - 1];
    const limit = Math.max(SHORTEST_PAUSE_S, PAUSE_RATIO * (sum.usual || 0));
    if (!(gap >= 0) || (gap > limit && !Number.isNaN(sum.usual))) continue;
    sum.seconds += gap;
    sum.usual = gap;
  }
  return sum.seconds;
}

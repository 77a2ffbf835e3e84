import { lastAtOrBefore } from '../../figures/ascending';

/** Where a step lies among the steps of the grids, which ascend. A run may have thousands. */

/**
 * A step as a place among the grids: 1.5 lies half-way between the second and the third. Steps
 * before the first grid and after the last one lie at that grid.
 */
export function placeOfStep(steps: readonly number[], step: number): number {
  const before = lastAtOrBefore(steps, step);
  if (before < 0) return 0;
  if (before >= steps.length - 1) return steps.length - 1;
  const from = steps[before];
  return before + (step - from) / (steps[before + 1] - from);
}

/** The grid that is shown for a cursor: null is the newest, steps before the first one show it. */
export function gridForCursor(steps: readonly number[], cursor: number | null): number {
  if (cursor === null) return steps.length - 1;
  return Math.min(Math.max(lastAtOrBefore(steps, cursor), 0), steps.length - 1);
}

/** Strides that a reader can count by. */
const strides = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1000, 10_000].map((x) => digit * x));
strides.sort((a, b) => a - b);

/**
 * Grids spread evenly over the training, at most `limit` and the newest one: every first, second,
 * fifth, tenth ..., so that those chosen stay the same while a run grows.
 *
 * @returns indices, ascending
 */
export function spreadOverTraining(count: number, limit: number): number[] {
  const stride = strides.find((every) => count / every <= limit) ?? count;
  const chosen: number[] = [];
  for (let i = 0; i < count; i += stride) chosen.push(i);
  if (count > 0 && chosen.at(-1) !== count - 1) chosen.push(count - 1);
  return chosen;
}

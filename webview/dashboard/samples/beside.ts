import type { RunView } from '../../../src/shared/dashboard';
import { runs } from '../runs';
import { view, type SamplesView } from '../viewState';
import { gridForCursor } from './gridSteps';
import { changeSamples } from './shownGrid';

export type Beside = NonNullable<SamplesView['beside']>;

/** What to put beside at first: another run at the same step, else this step, to compare later. */
export function firstBeside(key: string, step: number): Beside {
  const other = runs.peek().find((run) => run.key !== key);
  return other ? { key: other.key, step: null } : { key, step };
}

/** A run that is put beside, and the step of the grid of it that is shown. */
export interface BesideGrid {
  readonly run: RunView;
  /** Absent where the run has no grid. */
  readonly step: number | undefined;
}

/**
 * The grid that is beside: the last one at or before the step asked for.
 *
 * @param step of the main grid
 * @returns undefined where the run is no longer shown
 */
export function gridBeside(beside: Beside, step: number): BesideGrid | undefined {
  const run = runs.value.find(({ key }) => key === beside.key)?.view.value;
  if (!run) return undefined;
  const { samples } = run;
  return { run, step: samples.at(gridForCursor(samples, beside.step ?? step)) };
}

/** Puts the grid that is beside first, and the first one beside. */
export function swapGrids(key: string, step: number, beside: Beside): void {
  const next = gridBeside(beside, step);
  changeSamples({ run: beside.key, beside: { key, step: beside.step === null ? null : step } });
  if (beside.step !== null && next?.step !== undefined) view.cursor.value = next.step;
}

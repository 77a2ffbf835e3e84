import { computed, signal } from '@preact/signals';
import type { ShownRun } from '../runs';
import { view } from '../viewState';
import { curvesOf } from './curves';
import { drawnRuns, positionOfStep, shownX } from './domain';

/**
 * The run whose row the pointer is nearest to: on axes of time one step lies elsewhere in every
 * run, and the line of the cursor stands where the pointer is.
 */
const pointedRun = signal<string | null>(null);

/** The step that all charts mark: under the pointer, else where the cursor stays; null: none. */
export const markedStep = computed(() => view.hover.value ?? view.cursor.value);

/** Where the line of the cursor stands on the x axis; undefined where there is none. */
export const markedX = computed((): number | undefined => {
  const step = markedStep.value;
  if (step === null) return undefined;
  const pointed = view.hover.value === null ? null : pointedRun.value;
  const candidates = drawnRuns.value.map(({ run }) => run);
  const leading = candidates.find(({ key }) => key === pointed);
  for (const run of leading ? [leading, ...candidates] : candidates) {
    void run.revision.value;
    const x = positionOfStep(run, step);
    if (x !== undefined) return x;
  }
  // A step that no run has logged, such as that of the grid before the first one.
  return view.preferences.value.xAxis === 'step' ? step : undefined;
});

/** Lets the cursor follow the pointer, until {@link leave}. */
export function hoverAt(x: number): void {
  const row = nearestRow(x);
  if (!row) return;
  pointedRun.value = row.run.key;
  view.hover.value = row.step;
}

/** The pointer is over no chart any more. */
export function leave(): void {
  view.hover.value = null;
}

/** Sets the cursor to the row nearest to a place on the x axis. */
export function setCursorAt(x: number): void {
  const row = nearestRow(x);
  if (row) view.cursor.value = row.step;
}

/**
 * Moves the cursor by rows of the first run that is drawn; from the newest where there is none.
 *
 * @param rows -Infinity and Infinity: to the first and the last one
 */
export function moveCursor(rows: number): void {
  const lead = drawnRuns.value.find(({ run }) => run.columns.length > 0)?.run;
  if (!lead) return;
  const { steps } = lead.columns;
  const last = steps.length - 1;
  const { cursor } = view;
  const here = cursor.value === null ? last : rowOfStep(lead, cursor.value);
  // Between two rows the one before was found already, which is one step to the left.
  const between = cursor.value !== null && here >= 0 && steps[here] < cursor.value;
  const row = here + rows + (between && rows < 0 ? 1 : 0);
  cursor.value = steps[Math.max(0, Math.min(last, row))];
}

/** The row of a run at a step or last before it; -1 where the run does not reach there. */
export function rowOfStep(run: ShownRun, step: number): number {
  const positions = curvesOf(run.columns).positions('step');
  return step > positions.max ? -1 : positions.atOrBefore(step);
}

function nearestRow(x: number): { run: ShownRun; step: number } | undefined {
  const { xAxis } = view.preferences.value;
  const scale = shownX.value;
  let best: { run: ShownRun; step: number; distance: number } | undefined;
  for (const { run } of drawnRuns.value) {
    const positions = curvesOf(run.columns).positions(xAxis);
    const row = positions.nearest(Math.max(x, scale?.min ?? x));
    if (row < 0) continue;
    const distance = Math.abs(positions.at(row) - x);
    if (best && best.distance <= distance) continue;
    best = { run, step: run.columns.steps[row], distance };
  }
  return best;
}

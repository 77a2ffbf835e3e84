import { computed } from '@preact/signals';
import { runs } from '../runs';
import { view } from '../viewState';
import { gridForCursor } from './gridSteps';

const noSteps: readonly number[] = [];

/** The run whose grids are shown and which the scrubber goes through; undefined: no run yet. */
export const sampledRun = computed(() => {
  const { run: key } = view.samples.value;
  return runs.value.find((run) => run.key === key) ?? runs.value.at(0);
});

/** The steps of its grids, ascending. */
export const gridSteps = computed(() => sampledRun.value?.view.value.samples ?? noSteps);

/** Index of the grid that the cursor chooses; -1 where there is none. */
export const gridIndex = computed(() => gridForCursor(gridSteps.value, view.cursor.value));

/** The step of that grid. */
export const gridStep = computed((): number | undefined => gridSteps.value[gridIndex.value]);

/** Moves the cursor to a grid, and with it everything that follows the cursor. */
export function showGrid(index: number): void {
  const steps = gridSteps.value;
  if (steps.length === 0) return;
  view.cursor.value = steps[Math.min(Math.max(index, 0), steps.length - 1)];
}

/** Changes how samples are shown. */
export function changeSamples(change: Partial<typeof view.samples.value>): void {
  view.samples.value = { ...view.samples.value, ...change };
}

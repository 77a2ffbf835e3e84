import { computed } from '@preact/signals';
import { clampRange, fractionOf, part, type Range, type Scale } from '../../figures/scale';
import { runs, type ShownRun } from '../runs';
import { view } from '../viewState';
import { curvesOf } from './curves';

/** The runs that are switched on, each with its place among all. */
export const drawnRuns = computed(() =>
  runs.value.flatMap((run, index) =>
    view.hiddenRuns.value.includes(run.key) ? [] : [{ run, index }],
  ),
);

/** Whether the x axis is logarithmic; the time of day has no zero to begin at. */
export const isXLog = computed(() => {
  const { logX, xAxis } = view.preferences.value;
  return logX && xAxis !== 'wall';
});

/** The x axis with everything on it; undefined before the first row. */
export const wholeX = computed((): Scale | undefined => {
  const { xAxis } = view.preferences.value;
  let [min, max] = [Infinity, -Infinity];
  for (const { run } of drawnRuns.value) {
    // Read, so that a new row lengthens the axis.
    void run.revision.value;
    const positions = curvesOf(run.columns).positions(xAxis);
    min = Math.min(min, isXLog.value ? positions.minPositive : positions.min);
    max = Math.max(max, positions.max);
  }
  if (!(min <= max)) return undefined;
  if (min === max) return around(min, isXLog.value);
  return { min, max, log: isXLog.value };
});

/** The x axis as all charts show it: zoomed, or with everything on it. */
export const shownX = computed((): Scale | undefined => {
  const whole = wholeX.value;
  const zoom = view.zoom.value;
  if (!whole || !zoom) return whole;
  const min = whole.log ? Math.max(zoom.min, whole.min / 10) : zoom.min;
  // A range that was kept for another run may hold nothing of this one.
  const overlaps = min < zoom.max && fractionOf(min, whole) < 1 && fractionOf(zoom.max, whole) > 0;
  return overlaps ? { min, max: zoom.max, log: whole.log } : whole;
});

/** Between two steps, and within a hundredth of a second, there is nothing to see. */
const SHORTEST = { step: 1, relative: 0.01, wall: 0.01 } as const;

/** Shows a part of the x axis in all charts; undefined: everything. */
export function zoomX(range: Range | undefined): void {
  if (range && range.max - range.min < SHORTEST[view.preferences.value.xAxis]) return;
  view.zoom.value = range ?? null;
}

/** Moves what is shown so far that a place on the x axis is seen. */
export function revealX(x: number): void {
  const [shown, whole] = [shownX.value, wholeX.value];
  if (!shown || !whole) return;
  const place = fractionOf(x, shown);
  if (place >= 0 && place <= 1) return;
  const shift = place < 0 ? place - 0.1 : place - 0.9;
  zoomX(clampRange(part(shown, shift, 1 + shift), whole));
}

/** Shows a part of the y axis in one chart; undefined: everything. */
export function zoomY(chart: string, range: Range | undefined): void {
  const { [chart]: _before, ...others } = view.yZoom.value;
  view.yZoom.value = range ? { ...others, [chart]: range } : others;
}

/** The position of a step of a run on the axis that is shown; undefined where it has no such row. */
export function positionOfStep(run: ShownRun, step: number): number | undefined {
  const { xAxis } = view.preferences.value;
  const curves = curvesOf(run.columns);
  const steps = curves.positions('step');
  if (!(step >= steps.min && step <= steps.max)) return undefined;
  if (xAxis === 'step') return step;
  return curves.positions(xAxis).at(steps.atOrBefore(step));
}

function around(x: number, log: boolean): Scale {
  return log ? { min: x / 2, max: x * 2, log } : { min: x - 1, max: x + 1, log };
}

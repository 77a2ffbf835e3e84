import type { Box, Shape } from '../figure';
import type { Measure } from '../measure';
import type { Scale } from '../scale';
import { mostTicks } from '../style';
import type { ChartTheme } from '../theme';
import { countTicks, numberTicks, type Tick } from '../ticks';
import { xAt, yAt } from './drawCurve';
import type { PlotScales } from './extent';
import type { PlotAxis } from './plotSpec';

/** Height of the labels of an x axis with its name. */
export const X_AXIS_HEIGHT = 38;
/** Height of the name of a y axis, which stands above it. */
export const Y_NAME_HEIGHT = 26;
const GAP = 6;

/** Ticks of an axis that is so many pixels long, `each` pixels apart at least. */
export function axisTicks(axis: PlotAxis, scale: Scale, length: number, each: number): Tick[] {
  return (axis.counts ? countTicks : numberTicks)(scale, mostTicks(length, each));
}

/** Room that the labels of a y axis need at the left of a plot. */
export function yAxisWidth(
  ticks: readonly Tick[],
  { measure, size }: { readonly measure: Measure; readonly size: number },
): number {
  return Math.ceil(Math.max(16, ...ticks.map(({ label }) => measure(label, size)))) + GAP + 4;
}

export interface AxesOptions {
  readonly box: Box;
  readonly theme: ChartTheme;
  /** Of the letters. */
  readonly size: number;
  /** Whether the axes have room for their names. */
  readonly named: boolean;
}

/** Grid, labels and names of both axes. */
export function drawAxes(
  axes: { readonly x: PlotAxis; readonly y: PlotAxis },
  scales: PlotScales,
  ticks: { readonly x: readonly Tick[]; readonly y: readonly Tick[] },
  { box, theme, size, named }: AxesOptions,
): Shape[] {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const line = { kind: 'stroke', width: 1, dash: [] } as const;
  const label = { kind: 'text', size, fill: theme.muted } as const;
  const shapes: Shape[] = [];
  for (const { value, label: text } of ticks.y) {
    const y = yAt(value, scales.y, box);
    shapes.push(
      { ...line, from: [box.left, y], to: [right, y], colour: theme.grid },
      { ...label, x: box.left - GAP, y, anchor: 'end', text },
    );
  }
  for (const { value, label: text } of ticks.x) {
    const x = xAt(value, scales.x, box);
    shapes.push(
      { ...line, from: [x, bottom], to: [x, bottom + 4], colour: theme.frame },
      { ...label, x, y: bottom + 12, anchor: 'middle', text },
    );
  }
  shapes.push(
    { ...line, from: [box.left, box.top], to: [box.left, bottom], colour: theme.frame },
    { ...line, from: [box.left, bottom], to: [right, bottom], colour: theme.frame },
  );
  if (named) {
    const middle = box.left + box.width / 2;
    shapes.push(
      { ...label, x: middle, y: bottom + 28, anchor: 'middle', text: axes.x.name },
      { ...label, x: 4, y: box.top - 16, anchor: 'start', text: axes.y.name },
    );
  }
  return shapes;
}

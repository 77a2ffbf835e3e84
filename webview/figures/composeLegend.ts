import type { Shape } from './figure';
import { markPath } from './marks';
import type { Measure } from './measure';
import type { LineMark } from './palette';
import type { ChartTheme } from './theme';

const SIZE = 12;
const ROW = 20;
const SWATCH = 32;
const GAP = 18;

/** A line of a figure as its legend names it. */
export interface LegendEntry {
  readonly text: string;
  readonly colour: string;
  /** Of the line, in pixels. */
  readonly width: number;
  readonly dash: readonly number[];
  readonly mark?: LineMark | undefined;
}

/** Names of a figure's lines in rows as wide as there is room. */
export function composeLegend(
  entries: readonly LegendEntry[],
  place: { readonly left: number; readonly top: number; readonly width: number },
  { theme, measure }: { readonly theme: ChartTheme; readonly measure: Measure },
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, row] = [0, 0];
  for (const entry of entries) {
    const { text } = entry;
    const length = SWATCH + 6 + measure(text, SIZE);
    if (x > 0 && x + length > place.width) [x, row] = [0, row + 1];
    const left = place.left + x;
    const y = place.top + row * ROW + ROW / 2;
    shapes.push(...drawSwatch(entry, left, y), {
      kind: 'text',
      x: left + SWATCH + 6,
      y,
      text,
      size: SIZE,
      anchor: 'start',
      fill: theme.foreground,
    });
    x += length + GAP;
  }
  return { shapes, height: entries.length === 0 ? 0 : (row + 1) * ROW };
}

function drawSwatch({ colour, width, dash, mark }: LegendEntry, left: number, y: number): Shape[] {
  const line: Shape = {
    kind: 'stroke',
    from: [left, y],
    to: [left + SWATCH, y],
    colour,
    width,
    dash,
  };
  if (!mark) return [line];
  return [line, { kind: 'mark', path: markPath(mark, left + SWATCH / 2, y, 4), fill: colour }];
}

import type { Shape } from '../figure';
import { markPath } from '../marks';
import type { Measure } from '../measure';
import type { ChartTheme } from '../theme';
import { curveColour } from './drawCurve';
import type { CurveStyle, PlotCurve } from './plotSpec';

/** Room that a title needs above a figure. */
export const TITLE_HEIGHT = 26;
const TITLE_SIZE = 14;
const SIZE = 12;
const ROW = 20;
const SWATCH = 32;
const GAP = 18;

/** The title of a figure that stands alone. */
export function drawTitle(
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
  theme: ChartTheme,
): Shape[] {
  const middle = y + TITLE_SIZE / 2;
  const fill = theme.foreground;
  return [
    { kind: 'text', x, y: middle, size: TITLE_SIZE, anchor: 'start', bold: true, text, fill },
  ];
}

/** Names of the curves in rows as wide as there is room. */
export function composeLegend(
  curves: readonly Pick<PlotCurve, 'name' | 'note' | 'style'>[],
  place: { readonly left: number; readonly top: number; readonly width: number },
  { theme, measure }: { readonly theme: ChartTheme; readonly measure: Measure },
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, row] = [0, 0];
  for (const { name, note, style } of curves) {
    const text = note === undefined ? name : `${name} (${note})`;
    const length = SWATCH + 6 + measure(text, SIZE);
    if (x > 0 && x + length > place.width) [x, row] = [0, row + 1];
    const left = place.left + x;
    const y = place.top + row * ROW + ROW / 2;
    shapes.push(...drawSwatch(style, left, y, theme), {
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
  return { shapes, height: curves.length === 0 ? 0 : (row + 1) * ROW };
}

function drawSwatch(style: CurveStyle, left: number, y: number, theme: ChartTheme): Shape[] {
  const colour = curveColour(style, theme);
  const line: Shape = {
    kind: 'stroke',
    from: [left, y],
    to: [left + SWATCH, y],
    colour,
    width: style.thin ? 1 : 2,
    dash: style.dash,
  };
  if (!style.mark) return [line];
  return [
    line,
    { kind: 'mark', path: markPath(style.mark, left + SWATCH / 2, y, 4), fill: colour },
  ];
}

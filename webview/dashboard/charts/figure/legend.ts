import { colourOf, type Line } from '../lines';
import { markPath } from '../../../figures/marks';
import type { Picture } from '../picture';
import type { FigureOptions } from './compose';
import type { Shape } from '../../../figures/figure';

const SIZE = 12;
const ROW = 20;
const SWATCH = 32;
const GAP = 18;

/** Names of the lines in rows as wide as there is room. */
export function composeLegend(
  { lines, spec }: Picture,
  place: { readonly left: number; readonly top: number; readonly width: number },
  { theme, measure }: FigureOptions,
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, row] = [0, 0];
  for (const { line } of lines) {
    const text = nameOf(line, spec.tags.length);
    const length = SWATCH + 6 + measure(text, SIZE);
    if (x > 0 && x + length > place.width) [x, row] = [0, row + 1];
    const left = place.left + x;
    const y = place.top + row * ROW + ROW / 2;
    const colour = colourOf(line, spec, theme);
    shapes.push({
      kind: 'stroke',
      from: [left, y],
      to: [left + SWATCH, y],
      colour,
      width: 2,
      dash: line.dash,
    });
    if (line.mark) {
      const path = markPath(line.mark, left + SWATCH / 2, y, 4);
      shapes.push({ kind: 'mark', path, fill: colour });
    }
    const start = left + SWATCH + 6;
    shapes.push({
      kind: 'text',
      x: start,
      y,
      text,
      size: SIZE,
      anchor: 'start',
      fill: theme.foreground,
    });
    x += length + GAP;
  }
  return { shapes, height: lines.length === 0 ? 0 : (row + 1) * ROW };
}

function nameOf({ run, tag, mark }: Line, tags: number): string {
  if (!mark) return tag.label;
  const { name } = run.view.value;
  return tags > 1 ? `${name}, ${tag.label}` : name;
}

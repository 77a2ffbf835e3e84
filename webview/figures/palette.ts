import { chartTheme, type ChartTheme } from './theme';

/**
 * Lengths in pixels that are drawn and left out in turn; a line's kind is told by them as well as
 * by its colour. The first is drawn through.
 */
const dashes: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [12, 3, 2, 3],
  [18, 5],
  [6, 3, 2, 3, 2, 3],
];

/** Shapes that stand along a line, so that its colour is not its only mark. */
export const lineMarks = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'] as const;
export type LineMark = (typeof lineMarks)[number];

/** Shape of the line at an index, where colour alone would tell it from the others. */
export function lineMark(index: number): LineMark {
  return lineMarks[index % lineMarks.length];
}

/** Colour of the line at an index. */
export function lineColour(index: number, theme: ChartTheme = chartTheme.value): string {
  const { lines } = theme;
  return lines[index % lines.length];
}

/** Dashes of the line at an index; empty: drawn through. */
export function lineDash(index: number): readonly number[] {
  return dashes[index % dashes.length];
}

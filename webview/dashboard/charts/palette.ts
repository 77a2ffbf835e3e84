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

/** Shapes that stand along the lines of a run, so that its colour is not its only mark. */
export const runMarks = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'] as const;
export type RunMark = (typeof runMarks)[number];

/** Colour of the run at an index of `runs`: the same in every chart, list and table. */
export function runColour(index: number, theme: ChartTheme = chartTheme.value): string {
  return lineColour(index, theme);
}

/** Shape of the run at an index of `runs`. */
export function runMark(index: number): RunMark {
  return runMarks[index % runMarks.length];
}

/** Colour of the line at an index of a chart that shows one run. */
export function lineColour(index: number, theme: ChartTheme = chartTheme.value): string {
  const { lines } = theme;
  return lines[index % lines.length];
}

/** Dashes of the line at an index; empty: drawn through. */
export function lineDash(index: number): readonly number[] {
  return dashes[index % dashes.length];
}

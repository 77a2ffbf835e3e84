import { lineColour, lineMark, type LineMark } from '../../figures/palette';
import { chartTheme, type ChartTheme } from '../../figures/theme';

/** Colour of the run at an index of `runs`: the same in every chart, list and table. */
export function runColour(index: number, theme: ChartTheme = chartTheme.value): string {
  return lineColour(index, theme);
}

/** Shape of the run at an index of `runs`. */
export function runMark(index: number): LineMark {
  return lineMark(index);
}

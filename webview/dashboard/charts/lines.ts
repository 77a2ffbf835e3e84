import type { ShownRun } from '../runs';
import type { ChartSpec, ChartTag } from './groups';
import { lineColour, lineDash, type LineMark } from '../../figures/palette';
import { chartTheme, type ChartTheme } from '../../figures/theme';
import { runColour, runMark } from './runStyle';

/** One line of a chart: a tag of a run. */
export interface Line {
  /** Names it within its chart. */
  readonly key: string;
  readonly run: ShownRun;
  readonly runIndex: number;
  readonly tag: ChartTag;
  /** Lengths drawn and left out in turn; empty: drawn through. */
  readonly dash: readonly number[];
  /** Of a run among several. */
  readonly mark?: LineMark;
}

/** The lines of a chart, run by run, whether or not they are switched off. */
export function linesOf(spec: ChartSpec, runs: readonly ShownRun[]): Line[] {
  const comparing = runs.length > 1;
  return runs.flatMap((run, runIndex) =>
    spec.tags.map((tag, tagIndex) => ({
      key: `${run.key}\n${tag.tag}`,
      run,
      runIndex,
      tag,
      dash: lineDash(tagIndex),
      ...(comparing && { mark: runMark(runIndex) }),
    })),
  );
}

/** Colour of a line: of its run in a comparison, else of its tag. */
export function colourOf(
  line: Line,
  spec: ChartSpec,
  theme: ChartTheme = chartTheme.value,
): string {
  return line.mark
    ? runColour(line.runIndex, theme)
    : lineColour(spec.tags.indexOf(line.tag), theme);
}

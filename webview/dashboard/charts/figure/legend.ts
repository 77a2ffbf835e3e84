import type { LegendEntry } from '../../../figures/composeLegend';
import type { ChartTheme } from '../../../figures/theme';
import { colourOf, type Line } from '../lines';
import type { Picture } from '../picture';

/** What the legend of a chart's figure names. */
export function legendEntries({ lines, spec }: Picture, theme: ChartTheme): LegendEntry[] {
  return lines.map(({ line }) => ({
    text: nameOf(line, spec.tags.length),
    colour: colourOf(line, spec, theme),
    width: 2,
    dash: line.dash,
    mark: line.mark,
  }));
}

function nameOf({ run, tag, mark }: Line, tags: number): string {
  if (!mark) return tag.label;
  const { name } = run.view.value;
  return tags > 1 ? `${name}, ${tag.label}` : name;
}

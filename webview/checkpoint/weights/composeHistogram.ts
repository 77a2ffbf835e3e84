import { t } from '@vscode/l10n';
import type { Histogram } from '../../../src/shared/inspection';
import type { Box, Figure, Shape } from '../../figures/figure';
import type { Measure } from '../../figures/measure';
import { lineColour } from '../../figures/palette';
import {
  axisTicks,
  drawAxes,
  X_AXIS_HEIGHT,
  Y_NAME_HEIGHT,
  yAxisWidth,
} from '../../figures/plot/axes';
import { layFigure, PAPER_MARGIN, TITLE_HEIGHT } from '../../figures/plot/paper';
import { fractionOf, type Scale } from '../../figures/scale';
import type { ChartTheme } from '../../figures/theme';

const SIZE = 11;
/** The last label of the x axis reaches over its end. */
const OVERHANG = 16;

export interface HistogramOptions {
  readonly title: string;
  readonly logCounts: boolean;
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  readonly measure: Measure;
  /** Whether the figure stands alone, so that it needs its title. */
  readonly paper: boolean;
}

/** Draws counts as bars that touch each other. */
export function composeHistogram(histogram: Histogram, options: HistogramOptions): Figure {
  const { logCounts, width, height, theme, measure, paper } = options;
  const { from, to, counts } = histogram;
  const margin = paper ? PAPER_MARGIN : 0;
  const top = margin + (paper ? TITLE_HEIGHT : 0) + Y_NAME_HEIGHT;
  const plotHeight = height - Y_NAME_HEIGHT - X_AXIS_HEIGHT;
  const most = Math.max(1, ...counts);
  const scales: { x: Scale; y: Scale } = {
    x: { min: from, max: to > from ? to : from + 1, log: false },
    // A bar of one count is seen, too.
    y: logCounts
      ? { min: 0.5, max: most * 1.5, log: true }
      : { min: 0, max: most * 1.05, log: false },
  };
  const axes = {
    x: { name: t('Weight'), log: false },
    y: { name: t('Count'), log: logCounts, counts: true },
  };
  const yTicks = axisTicks(axes.y, scales.y, plotHeight, 28);
  const left = margin + yAxisWidth(yTicks, { measure, size: SIZE });
  const box: Box = { left, top, width: width - left - OVERHANG - margin, height: plotHeight };
  const ticks = { x: axisTicks(axes.x, scales.x, box.width, 56), y: yTicks };
  const whole = top + plotHeight + X_AXIS_HEIGHT + margin;
  return layFigure(
    { ...options, height: whole },
    drawAxes(axes, scales, ticks, { box, theme, size: SIZE, named: true }),
    [{ box, shapes: bars(counts, scales.y, box, lineColour(0, theme)) }],
  );
}

function bars(counts: readonly number[], scale: Scale, box: Box, fill: string): Shape[] {
  const width = box.width / counts.length;
  return counts.flatMap((count, i): Shape[] => {
    if (count === 0) return [];
    const height = fractionOf(count, scale) * box.height;
    const top = box.top + box.height - height;
    const gap = width > 3 ? 1 : 0;
    const bar = { left: box.left + i * width, top, width: width - gap, height };
    return [{ kind: 'rectangle', box: bar, fill }];
  });
}

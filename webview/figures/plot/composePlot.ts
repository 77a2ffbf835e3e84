import type { Box, Figure, Shape } from '../figure';
import type { Measure } from '../measure';
import type { ChartTheme } from '../theme';
import { axisTicks, drawAxes, X_AXIS_HEIGHT, Y_NAME_HEIGHT, yAxisWidth } from './axes';
import { drawCurve, xAt, yAt } from './drawCurve';
import type { PlotScales } from './extent';
import { layFigure, legendOfCurves, PAPER_MARGIN, TITLE_HEIGHT } from './paper';
import type { PlotCurve, PlotSpec } from './plotSpec';

const SIZE = 11;
/** The last label of the x axis reaches over its end. */
const OVERHANG = 16;

export interface PlotOptions {
  readonly width: number;
  /** Of the plot with its axes; a legend on paper comes below. */
  readonly height: number;
  readonly theme: ChartTheme;
  readonly measure: Measure;
  /** Whether the figure stands alone, so that it needs its title and its legend. */
  readonly paper: boolean;
  /** Keys of the curves that are pointed to; the others step back. */
  readonly emphasised?: ReadonlySet<string>;
}

/** Draws a plot: on the page, and in the very same way for a file. */
export function composePlot(
  spec: PlotSpec,
  curves: readonly PlotCurve[],
  scales: PlotScales,
  options: PlotOptions,
): Figure {
  const { width, height, theme, measure, paper } = options;
  const margin = paper ? PAPER_MARGIN : 0;
  const top = margin + (paper ? TITLE_HEIGHT : 0) + Y_NAME_HEIGHT;
  const plotHeight = height - Y_NAME_HEIGHT - X_AXIS_HEIGHT;
  const yTicks = axisTicks(spec.y, scales.y, plotHeight, 28);
  const left = margin + yAxisWidth(yTicks, { measure, size: SIZE });
  const box: Box = { left, top, width: width - left - OVERHANG - margin, height: plotHeight };
  const xTicks = axisTicks(spec.x, scales.x, box.width, 56);
  const below = top + plotHeight + X_AXIS_HEIGHT;
  const legend = paper
    ? legendOfCurves(curves, { left, top: below + 4, width: box.width }, options)
    : { shapes: [], height: 0 };
  const whole = below + (paper ? legend.height + margin + 4 : 0);
  return layFigure(
    { ...options, title: spec.title, height: whole },
    [
      ...drawBand(spec, scales, box, theme),
      ...drawAxes(spec, scales, { x: xTicks, y: yTicks }, { box, theme, size: SIZE, named: true }),
      ...legend.shapes,
    ],
    [{ box, shapes: drawInside(spec, curves, scales, box, options) }],
  );
}

/** Curves with what lies behind them; they are cut off at the edges of the box. */
export function drawInside(
  spec: PlotSpec,
  curves: readonly PlotCurve[],
  scales: PlotScales,
  box: Box,
  { theme, emphasised }: Pick<PlotOptions, 'theme' | 'emphasised'>,
): Shape[] {
  const indexed = curves.map((curve, index) => ({ curve, index }));
  return [
    ...drawRules(spec, scales, box, theme),
    ...drawMarked(spec, scales, box, theme),
    // The first one last: it lies on top.
    ...indexed.toReversed().flatMap(({ curve, index }) => {
      const faded = emphasised !== undefined && !emphasised.has(curve.key);
      return drawCurve(curve, index, { scales, box, theme, faded });
    }),
  ];
}

function drawBand({ band }: PlotSpec, { y }: PlotScales, box: Box, theme: ChartTheme): Shape[] {
  if (!band) return [];
  const inside = (value: number): number =>
    Math.max(box.top, Math.min(box.top + box.height, yAt(value, y, box)));
  const [top, bottom] = [inside(band.max), inside(band.min)];
  if (bottom <= top) return [];
  return [
    { kind: 'rectangle', box: { ...box, top, height: bottom - top }, fill: theme.band },
    { ...labelAt(box, top - 7, theme), text: band.label },
  ];
}

function drawRules(
  { rules = [] }: PlotSpec,
  { y }: PlotScales,
  box: Box,
  theme: ChartTheme,
): Shape[] {
  return rules.flatMap((rule): Shape[] => {
    const at = yAt(rule.y, y, box);
    const [from, to] = [box.left, box.left + box.width].map((x): [number, number] => [x, at]);
    return [
      { kind: 'stroke', from, to, colour: theme.muted, width: 1, dash: [4, 3] },
      // Where a falling curve has not come to yet.
      { ...labelAt(box, at - 7, theme), x: box.left + 4, anchor: 'start', text: rule.label },
    ];
  });
}

function drawMarked({ marked }: PlotSpec, { x }: PlotScales, box: Box, theme: ChartTheme): Shape[] {
  if (marked === undefined) return [];
  const at = xAt(marked, x, box);
  const [from, to] = [box.top, box.top + box.height].map((y): [number, number] => [at, y]);
  return [{ kind: 'stroke', from, to, colour: theme.foreground, width: 1.5, dash: [] }];
}

function labelAt(
  box: Box,
  y: number,
  theme: ChartTheme,
): Omit<Extract<Shape, { kind: 'text' }>, 'text'> {
  const x = box.left + box.width - 4;
  return { kind: 'text', x, y, size: SIZE, anchor: 'end', fill: theme.muted };
}

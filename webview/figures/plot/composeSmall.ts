import type { Box, Figure, PlotArea, Shape } from '../figure';
import type { Measure } from '../measure';
import type { ChartTheme } from '../theme';
import { axisTicks, drawAxes, yAxisWidth } from './axes';
import { drawInside } from './composePlot';
import { plotScales } from './extent';
import { layFigure, legendOfCurves, PAPER_MARGIN, TITLE_HEIGHT } from './paper';
import type { PlotCurve, PlotSpec } from './plotSpec';

const SIZE = 10;
/** Narrower than this no small plot is. */
const LEAST_WIDTH = 150;
const PLOT_HEIGHT = 96;
/** Above a small plot, for its title; below it, for labels. */
const ABOVE = 24;
const BELOW = 26;
const GAP = 14;
const NAME_HEIGHT = 18;

export interface SmallPlotsOptions {
  readonly width: number;
  readonly theme: ChartTheme;
  readonly measure: Measure;
  readonly paper: boolean;
  /** What is drawn upward, in all of them. */
  readonly valueName: string;
}

/** Several small plots side by side, all with the same y axis, so that they can be compared. */
export function composeSmall(
  title: string,
  specs: readonly PlotSpec[],
  options: SmallPlotsOptions,
): Figure {
  const { width, theme, paper, valueName } = options;
  const margin = paper ? PAPER_MARGIN : 0;
  const inner = width - 2 * margin;
  const across = Math.max(
    1,
    Math.min(specs.length, Math.floor((inner + GAP) / (LEAST_WIDTH + GAP))),
  );
  const cell = (inner + GAP) / across - GAP;
  const top = margin + (paper ? TITLE_HEIGHT : 0) + NAME_HEIGHT;
  const rowHeight = ABOVE + PLOT_HEIGHT + BELOW;
  const parts = specs.map((spec, i) => {
    const left = margin + (i % across) * (cell + GAP);
    const at = { left, top: top + Math.floor(i / across) * rowHeight, width: cell };
    return composeOne(spec, commonY(specs), at, options);
  });
  const below = top + Math.ceil(specs.length / across) * rowHeight;
  const named = paper ? namedOnce(specs) : [];
  const legend = legendOfCurves(named, { left: margin, top: below, width: inner }, options);
  const height = below + (paper ? legend.height + margin : 0);
  const nameY = top - NAME_HEIGHT / 2 - 2;
  return layFigure(
    { ...options, title, height },
    [
      { ...text(theme), x: margin + 4, y: nameY, anchor: 'start', text: valueName, size: 11 },
      ...parts.flatMap(({ back }) => back),
      ...legend.shapes,
    ],
    parts.map(({ plot }) => plot),
  );
}

function composeOne(
  spec: PlotSpec,
  y: readonly number[],
  at: { readonly left: number; readonly top: number; readonly width: number },
  { theme, measure }: SmallPlotsOptions,
): { back: Shape[]; plot: PlotArea } {
  const common = { ...spec, y: { ...spec.y, include: y } };
  const scales = plotScales(common, spec.curves) ?? {
    x: { min: 1, max: 2, log: spec.x.log },
    y: { min: 0.1, max: 1, log: spec.y.log },
  };
  const yTicks = axisTicks(spec.y, scales.y, PLOT_HEIGHT, 20);
  const labels = yAxisWidth(yTicks, { measure, size: SIZE });
  const box: Box = {
    left: at.left + labels,
    top: at.top + ABOVE,
    width: at.width - labels - 8,
    height: PLOT_HEIGHT,
  };
  const xTicks = spec.curves.length > 0 ? axisTicks(spec.x, scales.x, box.width, 44) : [];
  return {
    back: [
      {
        ...text(theme),
        x: box.left,
        y: at.top + 12,
        anchor: 'start',
        text: spec.title,
        size: 11,
        fill: theme.foreground,
      },
      ...drawAxes(
        spec,
        scales,
        { x: xTicks, y: yTicks },
        {
          box,
          theme,
          size: SIZE,
          named: false,
        },
      ),
    ],
    plot: { box, shapes: drawInside(spec, spec.curves, scales, box, { theme }) },
  };
}

/** The least and the greatest value of all plots. */
function commonY(specs: readonly PlotSpec[]): number[] {
  const scales = specs.flatMap((spec) => plotScales(spec, spec.curves) ?? []);
  const within = scales.map(({ y }) => y);
  return within.length === 0
    ? []
    : [Math.min(...within.map(({ min }) => min)), Math.max(...within.map(({ max }) => max))];
}

/** Curves of one name look alike in all plots. */
function namedOnce(specs: readonly PlotSpec[]): PlotCurve[] {
  const named = new Map<string, PlotCurve>();
  for (const { curves } of specs) {
    for (const { note, ...curve } of curves) {
      void note;
      if (!named.has(curve.name)) named.set(curve.name, curve);
    }
  }
  return [...named.values()];
}

function text({ muted }: ChartTheme): { kind: 'text'; fill: string } {
  return { kind: 'text', fill: muted };
}

import { composeLegend } from '../composeLegend';
import type { Figure, PlotArea, Shape } from '../figure';
import type { Measure } from '../measure';
import type { ChartTheme } from '../theme';
import { curveColour } from './drawCurve';
import type { PlotCurve } from './plotSpec';

/** Room around a figure that stands alone. */
export const PAPER_MARGIN = 16;
/** Room that a title needs above a figure. */
export const TITLE_HEIGHT = 26;
const TITLE_SIZE = 14;

/** What a figure is laid on. */
export interface Sheet {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  /** Whether the figure stands alone, so that it needs its title. */
  readonly paper: boolean;
}

/** Lays a figure on its background, under its title where it stands alone. */
export function layFigure(
  { title, width, height, theme, paper }: Sheet,
  back: readonly Shape[],
  plots: readonly PlotArea[],
): Figure {
  return {
    title,
    width,
    height,
    fontFamily: theme.fontFamily,
    back: [
      { kind: 'rectangle', box: { left: 0, top: 0, width, height }, fill: theme.background },
      ...(paper ? [drawTitle(title, theme)] : []),
      ...back,
    ],
    plots,
  };
}

function drawTitle(text: string, { foreground }: ChartTheme): Shape {
  return {
    kind: 'text',
    x: PAPER_MARGIN,
    y: PAPER_MARGIN + TITLE_SIZE / 2,
    size: TITLE_SIZE,
    anchor: 'start',
    bold: true,
    text,
    fill: foreground,
  };
}

/** Names of the curves of a plot that stands alone. */
export function legendOfCurves(
  curves: readonly Pick<PlotCurve, 'name' | 'note' | 'style'>[],
  place: { readonly left: number; readonly top: number; readonly width: number },
  options: { readonly theme: ChartTheme; readonly measure: Measure },
): { shapes: Shape[]; height: number } {
  const entries = curves.map(({ name, note, style }) => ({
    text: note === undefined ? name : `${name} (${note})`,
    colour: curveColour(style, options.theme),
    width: style.thin ? 1 : 2,
    dash: style.dash,
    mark: style.mark,
  }));
  return composeLegend(entries, place, options);
}

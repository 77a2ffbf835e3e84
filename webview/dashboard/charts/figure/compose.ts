import { composeLegend } from '../../../figures/composeLegend';
import type { Box, Figure, Shape } from '../../../figures/figure';
import { lineWidth, mostTicks } from '../../../figures/style';
import { numberTicks } from '../../../figures/ticks';
import { view } from '../../viewState';
import { colourOf } from '../lines';
import { markPath } from '../../../figures/marks';
import { polylineOf, type Picture, type PictureLine } from '../picture';
import { ghostAlpha, placesOfShapes } from '../style';
import { fullTitle } from '../summary';
import type { ChartTheme } from '../../../figures/theme';
import { xTicks } from '../ticks';
import { xOf, yOf, type Frame } from '../trace';
import { axisName } from '../words';
import { legendEntries } from './legend';

const SIZE = 12;
const TITLE_SIZE = 14;
const MARGIN = 16;
/** The last label of the x axis reaches over its end. */
const OVERHANG = 12;
const TITLE_HEIGHT = 30;
const AXIS_WIDTH = 46;
const AXIS_HEIGHT = 42;

export interface FigureOptions {
  /** Of the whole figure, in pixels; its height grows with the legend. */
  readonly width: number;
  /** Of the plotting area. */
  readonly plotHeight: number;
  /** Whether every point is drawn, however many share a pixel. */
  readonly every: boolean;
  readonly theme: ChartTheme;
  /** Width of a text in pixels. */
  readonly measure: (text: string, size: number) => number;
}

/** Makes a figure of what a chart shows. */
export function composeFigure(picture: Picture, options: FigureOptions): Figure {
  const { width, plotHeight, theme } = options;
  const plot: Box = {
    left: MARGIN + AXIS_WIDTH,
    top: MARGIN + TITLE_HEIGHT,
    width: width - 2 * MARGIN - AXIS_WIDTH - OVERHANG,
    height: plotHeight,
  };
  const below = plot.top + plot.height + AXIS_HEIGHT;
  const legend = composeLegend(
    legendEntries(picture, theme),
    { left: plot.left, top: below, width: plot.width },
    options,
  );
  const height = below + legend.height + MARGIN;
  const frame: Frame = {
    box: plot,
    x: picture.x,
    y: picture.y,
    factor: picture.spec.factor ?? 1,
  };
  return {
    title: fullTitle(picture.spec),
    width,
    height,
    fontFamily: theme.fontFamily,
    back: [
      { kind: 'rectangle', box: { left: 0, top: 0, width, height }, fill: theme.background },
      ...title(picture, plot, theme),
      ...axes(picture, frame, theme),
      ...legend.shapes,
    ],
    plots: [
      {
        box: plot,
        shapes: [
          ...band(picture, frame, theme),
          ...picture.lines.flatMap((line) => ghost(picture, line, plot, options)),
          // The first one last: it lies on top.
          ...picture.lines.toReversed().flatMap((line) => curve(picture, line, plot, options)),
        ],
      },
    ],
  };
}

function title({ spec }: Picture, plot: Box, theme: ChartTheme): Shape[] {
  const unit = spec.unit ? `, ${spec.unit}` : '';
  const [formula, subscript] = spec.formula?.split('_') ?? [];
  const y = MARGIN + TITLE_SIZE / 2;
  const text = { kind: 'text', y, size: TITLE_SIZE, fill: theme.foreground } as const;
  const shapes: Shape[] = [
    { ...text, x: plot.left, anchor: 'start', bold: true, text: fullTitle(spec) + unit },
  ];
  if (formula) {
    const end = plot.left + plot.width;
    const tail = subscript === undefined ? {} : { subscript };
    shapes.push({ ...text, x: end, anchor: 'end', fill: theme.muted, text: formula, ...tail });
  }
  return shapes;
}

function axes(picture: Picture, frame: Frame, theme: ChartTheme): Shape[] {
  const { box } = frame;
  const axis = view.preferences.peek().xAxis;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const line = { kind: 'stroke', width: 1, dash: [] } as const;
  const label = { kind: 'text', size: SIZE, fill: theme.muted } as const;
  const shapes: Shape[] = [];
  for (const { value, label: text } of numberTicks(picture.y, mostTicks(box.height, 28))) {
    const y = yOf(value, { ...frame, factor: 1 });
    shapes.push(
      { ...line, from: [box.left, y], to: [right, y], colour: theme.grid },
      { ...label, x: box.left - 8, y, anchor: 'end', text },
    );
  }
  for (const { value, label: text } of xTicks(picture.x, axis, mostTicks(box.width, 72))) {
    const x = xOf(value, frame);
    shapes.push(
      { ...line, from: [x, bottom], to: [x, bottom + 4], colour: theme.frame },
      { ...label, x, y: bottom + 13, anchor: 'middle', text },
    );
  }
  const name = axisName(axis);
  shapes.push(
    { ...line, from: [box.left, box.top], to: [box.left, bottom], colour: theme.frame },
    { ...line, from: [box.left, bottom], to: [right, bottom], colour: theme.frame },
    { ...label, x: box.left + box.width / 2, y: bottom + 30, anchor: 'middle', text: name },
  );
  return shapes;
}

function band({ spec }: Picture, frame: Frame, theme: ChartTheme): Shape[] {
  if (!spec.band) return [];
  const { box } = frame;
  const [top, bottom] = [spec.band.max, spec.band.min].map((y) => yOf(y, { ...frame, factor: 1 }));
  return [
    { kind: 'rectangle', box: { ...box, top, height: bottom - top }, fill: theme.band },
    {
      kind: 'text',
      x: box.left + box.width - 6,
      y: top - 8,
      size: SIZE,
      anchor: 'end',
      fill: theme.muted,
      text: spec.band.label,
    },
  ];
}

function ghost(picture: Picture, line: PictureLine, plot: Box, options: FigureOptions): Shape[] {
  if (!line.ghost) return [];
  return [
    {
      kind: 'curve',
      polyline: polylineOf(picture, line, line.ghost, plot, options.every),
      colour: colourOf(line.line, picture.spec, options.theme),
      width: 1,
      alpha: ghostAlpha(options.theme, picture.lines.length),
      dash: [],
    },
  ];
}

function curve(picture: Picture, line: PictureLine, plot: Box, options: FigureOptions): Shape[] {
  const polyline = polylineOf(picture, line, line.main, plot, options.every);
  const colour = colourOf(line.line, picture.spec, options.theme);
  const marks = placesOfShapes(line.line, line.sparse, polyline, 1);
  return [
    {
      kind: 'curve',
      polyline,
      colour,
      width: lineWidth(options.theme),
      alpha: 1,
      dash: line.line.dash,
    },
    ...marks.flatMap(({ points, radius }) =>
      points.map(({ x, y }): Shape => {
        const path = markPath(line.line.mark ?? 'circle', x, y, radius);
        return { kind: 'mark', path, fill: colour };
      }),
    ),
  ];
}

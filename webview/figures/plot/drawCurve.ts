import type { Box, Shape } from '../figure';
import { markPath } from '../marks';
import { lineColour } from '../palette';
import { Polyline } from '../polyline';
import { fractionOf, type Scale } from '../scale';
import { lineWidth } from '../style';
import type { ChartTheme } from '../theme';
import type { PlotScales } from './extent';
import type { CurveStyle, PlotCurve } from './plotSpec';

/** Canvases lose precision far outside. */
const FAR = 10_000;
/** Between the marks along a line, in pixels. */
const MARK_DISTANCE = 90;
const MARK_RADIUS = 3.5;
/** Points that are farther apart than this have dots. */
const DOT_DISTANCE = 14;
const DOT_RADIUS = 2.25;

/** Where a value of the x axis lands, in pixels. */
export function xAt(value: number, scale: Scale, { left, width }: Box): number {
  return left + width * clamped(fractionOf(value, scale));
}

/** Where a value of the y axis lands, in pixels. */
export function yAt(value: number, scale: Scale, { top, height }: Box): number {
  return top + height * (1 - clamped(fractionOf(value, scale)));
}

/** A place along the axis; far outside of the plot all places are one. */
function clamped(fraction: number): number {
  return Math.max(-FAR, Math.min(FAR, fraction));
}

/** Colour of a curve in a theme. */
export function curveColour({ colour }: CurveStyle, theme: ChartTheme): string {
  return colour === 'muted' ? theme.muted : lineColour(colour, theme);
}

/** The pixels of a curve; what has no place on the axes interrupts it. */
export function polylineOf({ xs, ys }: PlotCurve, { x, y }: PlotScales, box: Box): Polyline {
  const polyline = new Polyline();
  let down = false;
  for (let i = 0; i < xs.length; i++) {
    const hasPlace = Number.isFinite(ys[i]) && (!y.log || ys[i] > 0) && (!x.log || xs[i] > 0);
    if (hasPlace) {
      const [left, top] = [xAt(xs[i], x, box), yAt(ys[i], y, box)];
      if (down) polyline.lineTo(left, top);
      else polyline.moveTo(left, top);
    }
    down = hasPlace;
  }
  return polyline;
}

/**
 * A curve with its dots or marks.
 *
 * @param index among the curves, so that marks of curves on one another stand in turn
 * @param faded whether it steps back behind another one that is pointed to
 */
export function drawCurve(
  curve: PlotCurve,
  index: number,
  { scales, box, theme, faded }: DrawOptions,
): Shape[] {
  const { dash, mark, thin } = curve.style;
  const polyline = polylineOf(curve, scales, box);
  const colour = faded ? theme.frame : curveColour(curve.style, theme);
  const width = thin ? 1 : lineWidth(theme);
  const dots = thin ? [] : [...polyline.lonely(), ...polyline.spacedPoints(DOT_DISTANCE)];
  const marks =
    mark && dots.length === 0
      ? polyline.marks(MARK_DISTANCE, 30 + (index * MARK_DISTANCE) / 6)
      : [];
  const radius = mark ? MARK_RADIUS : DOT_RADIUS;
  return [
    { kind: 'curve', polyline, colour, width, alpha: 1, dash },
    ...[...dots, ...marks].map(({ x, y }): Shape => {
      const path = markPath(mark ?? 'circle', x, y, radius);
      return { kind: 'mark', path, fill: colour };
    }),
  ];
}

export interface DrawOptions {
  readonly scales: PlotScales;
  readonly box: Box;
  readonly theme: ChartTheme;
  readonly faded: boolean;
}

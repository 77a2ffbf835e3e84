import type { Box } from '../../figures/figure';
import type { Curve } from './curves';
import { Polyline } from '../../figures/polyline';
import type { Positions, Stretch } from './positions';
import { fractionOf, valueAt, type Scale } from '../../figures/scale';

/** Everything about a chart that decides where a value lands. */
export interface Frame {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
  /** From the unit that is logged to the unit of the y axis. */
  readonly factor: number;
}

export interface TraceOptions {
  /** Whether every point is drawn, however many share a pixel. */
  readonly every?: boolean;
}

/** Rows of one column of pixels that are drawn one by one; more are drawn as their extremes. */
const FEW = 4;
/** Canvases lose precision far outside. */
const FAR = 10_000;

/** Rows of a stretch that are seen in a frame, with the neighbours that lines lead to. */
export function rowsSeen(positions: Positions, x: Scale, stretch: Stretch): Stretch {
  const first = positions.firstAtOrAfter(x.min, stretch);
  let last = positions.firstAtOrAfter(x.max, stretch);
  while (last < stretch.end && positions.at(last) === x.max) last++;
  let start = Math.max(stretch.start, first - 1);
  // On a logarithmic axis nothing lies at 0 or before it.
  if (x.log && start < first && positions.at(start) <= 0) start = first;
  return { start, end: Math.min(stretch.end, last + 1) };
}

/** Where a value lands, in pixels from the top of the canvas. */
export function yOf(value: number, { box, y, factor }: Frame): number {
  const place = box.height * (1 - fractionOf(value * factor, y));
  return box.top + Math.max(-FAR, Math.min(FAR, place));
}

/** Where a position on the x axis lands. */
export function xOf(position: number, { box, x }: Frame): number {
  const place = box.width * fractionOf(position, x);
  return box.left + Math.max(-FAR, Math.min(FAR, place));
}

/**
 * Draws a curve. Where many rows share a column of pixels, their first, least, greatest and last
 * value are drawn, which looks exactly as all of them would; where few do, each row is drawn. The
 * line runs on across rows without a value, which were logged for other tags, and breaks at what
 * cannot be drawn.
 */
export function trace(
  curve: Curve,
  positions: Positions,
  frame: Frame,
  options: TraceOptions = {},
): Polyline {
  const polyline = new Polyline();
  for (const stretch of positions.stretches) {
    const rows = rowsSeen(positions, frame.x, stretch);
    const line = new Line(polyline, curve, positions, frame);
    const few = rows.end - rows.start <= FEW * frame.box.width;
    if (few || options.every) line.each(rows.start, rows.end);
    else line.byPixel(rows, stretch);
  }
  return polyline;
}

class Line {
  private down = false;

  constructor(
    private readonly polyline: Polyline,
    private readonly curve: Curve,
    private readonly positions: Positions,
    private readonly frame: Frame,
  ) {}

  each(from: number, to: number): void {
    const { values } = this.curve;
    const { log } = this.frame.y;
    for (let row = from; row < to; row++) {
      const value = values[row];
      if (Number.isFinite(value) && (!log || value > 0)) this.to(this.x(row), value);
      else if (!Number.isNaN(value)) this.down = false;
    }
  }

  byPixel(rows: Stretch, stretch: Stretch): void {
    const { box, x } = this.frame;
    let from = rows.start;
    for (let column = 1; column <= box.width; column++) {
      const edge = column < box.width ? valueAt(column / box.width, x) : Infinity;
      const to = Math.min(
        rows.end,
        this.positions.firstAtOrAfter(edge, { start: from, end: stretch.end }),
      );
      if (to - from <= FEW) this.each(from, to);
      else this.extremes(from, to, box.left + column - 0.5);
      from = to;
    }
  }

  private extremes(from: number, to: number, x: number): void {
    const { values, pyramid } = this.curve;
    pyramid.find(values, from, to);
    const { min, max, count } = pyramid.found;
    if (count === 0) return;
    this.to(x, values[pyramid.firstRow(values, from, to)]);
    if (count === 1) return;
    this.to(x, min);
    this.to(x, max);
    this.to(x, values[pyramid.lastRow(values, from, to)]);
  }

  private x(row: number): number {
    return xOf(this.positions.at(row), this.frame);
  }

  private to(x: number, value: number): void {
    const y = yOf(value, this.frame);
    if (this.down) this.polyline.lineTo(x, y);
    else this.polyline.moveTo(x, y);
    this.down = true;
  }
}

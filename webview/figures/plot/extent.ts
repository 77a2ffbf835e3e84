import { padded, type Range, type Scale } from '../scale';
import type { PlotAxis, PlotCurve, PlotSpec } from './plotSpec';

/** Below so many powers of ten most values are rounding. */
const MOST_DECADES = 10;

/** Both axes of a plot. */
export interface PlotScales {
  readonly x: Scale;
  readonly y: Scale;
}

/** A part of a plot that somebody zoomed into. */
export interface PlotZoom {
  readonly x?: Range;
  readonly y?: Range;
}

/**
 * The axes that show all of the curves, or the part that was zoomed into; undefined where there is
 * no value at all.
 */
export function plotScales(
  { x, y, rules = [], band, marked }: PlotSpec,
  curves: readonly PlotCurve[],
  zoom: PlotZoom = {},
): PlotScales | undefined {
  const along = [...(x.include ?? []), ...(marked === undefined ? [] : [marked])];
  const across = [...(y.include ?? []), ...rules.map((rule) => rule.y)];
  if (band) across.push(band.min, band.max);
  const wholeX = extent(
    curves.map(({ xs }) => xs),
    x,
    along,
  );
  const shownX = valid(zoom.x, x) ?? wholeX;
  if (!shownX) return undefined;
  const seen = zoom.x ? curves.map((curve) => within(curve, shownX)) : curves.map(({ ys }) => ys);
  const wholeY = extent(seen, y, across);
  if (!wholeX || !wholeY) return undefined;
  return {
    x: { ...(zoom.x ? shownX : spread(shownX, x)), log: x.log },
    y: { ...(valid(zoom.y, y) ?? padded(wholeY.min, wholeY.max, y.log)), log: y.log },
  };
}

/** Values that a logarithmic axis cannot show. */
export function countNotPositive(spec: PlotSpec, curves: readonly PlotCurve[]): number {
  if (!spec.y.log) return 0;
  let count = 0;
  for (const { ys, style } of curves) {
    // What only goes with others may end where it likes.
    for (let i = 0; i < ys.length && !style.thin; i++) if (ys[i] <= 0) count++;
  }
  return count;
}

function extent(
  columns: readonly ArrayLike<number>[],
  { log, decades = MOST_DECADES }: PlotAxis,
  include: readonly number[],
): Range | undefined {
  let [min, max] = [Infinity, -Infinity];
  for (const column of [...columns, include]) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i];
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (min > max) return undefined;
  return { min: log ? Math.max(min, max * 10 ** -decades) : min, max };
}

/** The frame of the x axis is at its ends, except where these are one. */
function spread({ min, max }: Range, { log }: PlotAxis): Range {
  return min === max ? padded(min, max, log) : { min, max };
}

/** A range that was chosen on one kind of axis may not exist on the other. */
function valid(range: Range | undefined, { log }: PlotAxis): Range | undefined {
  return range && (!log || range.min > 0) ? range : undefined;
}

function within({ xs, ys }: PlotCurve, { min, max }: Range): number[] {
  const seen: number[] = [];
  for (let i = 0; i < xs.length; i++) if (xs[i] >= min && xs[i] <= max) seen.push(ys[i]);
  return seen;
}

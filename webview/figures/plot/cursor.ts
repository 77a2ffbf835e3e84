import { firstAtOrAfter } from '../ascending';
import type { PlotCurve } from './plotSpec';

/**
 * All places along the x axis at which a curve has a value, ascending. Thin curves only go with
 * others: alone they have places, too.
 */
export function placesOf(curves: readonly PlotCurve[]): number[] {
  const places = new Set<number>();
  const main = curves.filter(({ style }) => !style.thin);
  for (const { xs } of main.length > 0 ? main : curves)
    for (let i = 0; i < xs.length; i++) places.add(xs[i]);
  return [...places].sort((a, b) => a - b);
}

/** Index of the place nearest to a position; -1 without places. */
export function nearestPlace(places: readonly number[], x: number): number {
  const after = firstAtOrAfter(places, x);
  if (after === places.length) return after - 1;
  return after > 0 && x - places[after - 1] <= places[after] - x ? after - 1 : after;
}

/** Value of a curve at a place; undefined where it has none. Thin ones are read in between, too. */
export function valueAtPlace({ xs, ys, style }: PlotCurve, place: number): number | undefined {
  const after = firstAtOrAfter(xs, place);
  if (after === xs.length) return undefined;
  if (xs[after] === place) return Number.isNaN(ys[after]) ? undefined : ys[after];
  if (!style.thin || after === 0) return undefined;
  const share = (place - xs[after - 1]) / (xs[after] - xs[after - 1]);
  return ys[after - 1] + share * (ys[after] - ys[after - 1]);
}

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
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle] < x) low = middle + 1;
    else high = middle;
  }
  if (low === places.length) return low - 1;
  return low > 0 && x - places[low - 1] <= places[low] - x ? low - 1 : low;
}

/** Value of a curve at a place; undefined where it has none. Thin ones are read in between, too. */
export function valueAtPlace({ xs, ys, style }: PlotCurve, place: number): number | undefined {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (xs[middle] < place) low = middle + 1;
    else high = middle;
  }
  if (low === xs.length) return undefined;
  if (xs[low] === place) return Number.isNaN(ys[low]) ? undefined : ys[low];
  if (!style.thin || low === 0) return undefined;
  const share = (place - xs[low - 1]) / (xs[low] - xs[low - 1]);
  return ys[low - 1] + share * (ys[low] - ys[low - 1]);
}

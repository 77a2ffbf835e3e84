import type { Curve } from './curves';
import type { Positions } from './positions';
import type { Scale } from '../../figures/scale';

/** Least and greatest value, and how many there are. */
export interface Seen {
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** The values of a curve that lie within a part of the x axis. */
export function valuesSeen({ values, pyramid }: Curve, positions: Positions, x: Scale): Seen {
  let [min, max, count] = [Infinity, -Infinity, 0];
  for (const stretch of positions.stretches) {
    const start = positions.firstAtOrAfter(x.min, stretch);
    let end = positions.firstAtOrAfter(x.max, stretch);
    while (end < stretch.end && positions.at(end) === x.max) end++;
    pyramid.find(values, start, end);
    min = Math.min(min, pyramid.found.min);
    max = Math.max(max, pyramid.found.max);
    count += pyramid.found.count;
  }
  return { min, max, count };
}

/**
 * The median of the values that are numbers; NaN where there are none.
 *
 * @param enough values to look at, spread evenly over those that are there: the median of two
 *   thousand is that of a million, for what is judged here
 */
export function median(values: ArrayLike<number>, enough = 2_000): number {
  const stride = Math.ceil(values.length / enough);
  const sorted = new Float64Array(Math.ceil(values.length / (stride || 1)));
  let length = 0;
  for (let i = 0; i < values.length; i += stride) {
    if (!Number.isNaN(values[i])) sorted[length++] = values[i];
  }
  if (length === 0) return NaN;
  sorted.subarray(0, length).sort();
  const middle = length >> 1;
  return length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median absolute deviation, scaled so that it is the standard deviation of normal values. A
 * few wild values do not move it, which the standard deviation would let them.
 */
export function spread(values: ArrayLike<number>, centre: number): number {
  return 1.4826 * median(Array.from(values, (value) => Math.abs(value - centre)));
}

/**
 * Row at which the present streak began: the first of the rows, up to the newest one, whose values
 * all fulfil a condition; rows without a value are passed over. -1 where there is no streak.
 *
 * @param rows how many rows there are
 * @param valueAt NaN for a row without a value
 * @param pardoned share of the rows in a streak that may fail without ending it
 */
export function streakStart(
  rows: number,
  valueAt: (row: number) => number,
  fulfils: (value: number) => boolean,
  pardoned = 0,
): number {
  let start = -1;
  let seen = 0;
  let failed = 0;
  for (let row = rows - 1; row >= 0; row--) {
    const value = valueAt(row);
    if (Number.isNaN(value)) continue;
    seen++;
    if (fulfils(value)) start = row;
    else if (++failed > pardoned * Math.max(seen, 20)) break;
  }
  return start;
}

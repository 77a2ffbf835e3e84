/**
 * Index of the first of ascending numbers that is at `wanted` or after it, among those from `start`
 * to before `end`; `end` where there is none. By halving, for there may be a million.
 */
export function firstAtOrAfter(
  numbers: ArrayLike<number>,
  wanted: number,
  start = 0,
  end = numbers.length,
): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last of ascending numbers that is at `wanted` or before it; -1 where there is none. */
export function lastAtOrBefore(numbers: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

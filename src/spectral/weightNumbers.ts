import type { Histogram, WeightNumbers } from '../shared/inspection';

const BINS = 64;

/**
 * What the values of a weight tell one by one. NaN and infinities are counted, and left out of all
 * else.
 *
 * The histogram lies symmetrically about 0, from minus to plus the largest magnitude: weights do so
 * themselves, and the same bins on either side show at once when they do not; 0, where dead weights
 * pile up, is a border between the two bins in the middle, and itself counts into the upper one.
 *
 * @param estimate what the weight is divided by; null where it is used as it is
 */
export function weightNumbers(
  values: Float32Array | Float64Array,
  estimate: number | null,
): WeightNumbers {
  let [nan, infinite, largest, sum] = [0, 0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) nan++;
    else if (!Number.isFinite(value)) infinite++;
    else largest = Math.max(largest, Math.abs(value));
  }
  // Parts of the largest neither overflow nor vanish, whatever the scale.
  let squares = 0;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const part = largest === 0 ? 0 : value / largest;
    sum += part;
    squares += part * part;
    counts[Math.min(BINS - 1, Math.floor(((part + 1) / 2) * BINS))]++;
  }
  const finite = values.length - nan - infinite;
  return {
    frobenius: largest * Math.sqrt(squares),
    largest,
    mean: finite === 0 ? 0 : largest * (sum / finite),
    nan,
    infinite,
    histogram: histogramOf(largest, counts),
    estimate,
  };
}

/** A weight of nothing but zeros has bins of some width all the same. */
function histogramOf(largest: number, counts: readonly number[]): Histogram {
  const to = largest === 0 ? 1 : largest;
  return { from: -to, to, counts };
}

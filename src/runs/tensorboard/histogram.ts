/** What TensorFlow's HistogramProto holds. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper, exclusive limit of each bucket; the first bucket has no lower limit. */
  readonly limits: number[];
  /** How many values each bucket holds. */
  readonly counts: number[];
}

/**
 * The limits of TensorFlow's default buckets (tensorflow/core/lib/histogram/histogram.cc): powers
 * of 1.1 from 1e-12 to 1e20, their negatives, 0 and the largest number.
 */
const bucketLimits = defaultLimits();

function defaultLimits(): Float64Array {
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  const negative = positive.map((limit) => -limit).reverse();
  return Float64Array.from([...negative, 0, ...positive]);
}

/**
 * Counts values into TensorFlow's buckets. As there, a row of empty buckets becomes one.
 *
 * @throws RangeError for no values, NaN or Infinity
 */
export function histogramOf(values: ArrayLike<number>): Histogram {
  if (values.length === 0) throw new RangeError('A histogram needs a value.');
  const buckets = new Float64Array(bucketLimits.length);
  let [min, max, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) throw new RangeError(`A histogram cannot hold ${value}.`);
    buckets[bucketOf(value)]++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  return { min, max, count: values.length, sum, sumOfSquares, ...compact(buckets) };
}

/** Index of the first limit above the value. */
function bucketOf(value: number): number {
  let low = 0;
  // The last bucket takes the largest number too.
  let high = bucketLimits.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bucketLimits[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function compact(buckets: Float64Array): { limits: number[]; counts: number[] } {
  const limits: number[] = [];
  const counts: number[] = [];
  buckets.forEach((count, i) => {
    if (count === 0 && counts.at(-1) === 0) limits[limits.length - 1] = bucketLimits[i];
    else {
      limits.push(bucketLimits[i]);
      counts.push(count);
    }
  });
  return { limits, counts };
}

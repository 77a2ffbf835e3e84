/** Values over steps, gathered into cells. */
export interface HeatMap {
  /** Ascending. */
  readonly steps: readonly number[];
  /** Where the columns begin and end: one more than steps. */
  readonly edges: readonly number[];
  /** For each step the mean of each bin of rows; NaN where there is nothing. */
  readonly cells: readonly Float64Array[];
  /** Rows of values that the bins stand for: bin i holds those from starts[i] to starts[i + 1]. */
  readonly starts: readonly number[];
  /** The range of the colours. */
  readonly from: number;
  readonly to: number;
}

/** Powers of ten that the colours tell apart at most; below is mostly rounding. */
const MOST_DECADES = 6;

/**
 * Makes a heat map of spectra: the decimal logarithm of each value's share of the largest.
 *
 * @param spectra of each step, largest first; empty where one cannot be read
 * @param bins at most so many rows
 */
export function heatMapOf(
  steps: readonly number[],
  spectra: readonly Float64Array[],
  bins: number,
): HeatMap {
  const rows = Math.max(0, ...spectra.map((values) => values.length));
  const count = Math.max(1, Math.min(rows, bins));
  const starts = Array.from({ length: count + 1 }, (_, i) => Math.round((i * rows) / count));
  const cells = spectra.map((values) => binLogShares(values, starts));
  let least = 0;
  for (const column of cells) for (const cell of column) if (cell < least) least = cell;
  return {
    steps,
    edges: edgesOf(steps),
    cells,
    starts,
    // Half a decade at least, so that a flat spectrum is not made of rounding.
    from: Math.max(-MOST_DECADES, Math.min(-0.5, Math.floor(2 * least) / 2)),
    to: 0,
  };
}

/** Means of log10(value / largest) over bins; values of 0 count as the least that is told apart. */
export function binLogShares(values: Float64Array, starts: readonly number[]): Float64Array {
  const largest = values.length > 0 ? values[0] : 0;
  return Float64Array.from({ length: starts.length - 1 }, (_, bin) => {
    const end = Math.min(starts[bin + 1], values.length);
    const count = end - starts[bin];
    if (count <= 0 || largest === 0) return NaN;
    let sum = 0;
    for (let i = starts[bin]; i < end; i++) {
      sum += Math.max(-MOST_DECADES, Math.log10(values[i] / largest));
    }
    return sum / count;
  });
}

/** Columns meet in the middle between their steps. */
export function edgesOf(steps: readonly number[]): number[] {
  if (steps.length === 0) return [];
  if (steps.length === 1) return [steps[0] - 0.5, steps[0] + 0.5];
  const last = steps.length - 1;
  const inner = steps.slice(1).map((step, i) => (steps[i] + step) / 2);
  return [
    steps[0] - (inner[0] - steps[0]),
    ...inner,
    steps[last] + (steps[last] - inner[last - 1]),
  ];
}

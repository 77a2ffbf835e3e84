import type { SpectrumNumbers } from '../shared/inspection';

/** What the trainer and the warnings call a singular value that has collapsed, of the largest. */
const COLLAPSED = 0.1;

/**
 * What all singular values of a matrix tell. Values that rounding alone can make, as for NumPy's
 * `matrix_rank`, count as 0. The zero matrix has rank 0 in every sense.
 *
 * @param values largest first, as `singularValues` gives them
 * @param estimate what the weight is divided by; null where it is used as it is. Nothing can be said
 *   of the estimate of a weight of zeros.
 */
export function spectrumNumbers(values: Float64Array, estimate: number | null): SpectrumNumbers {
  const largest = values[0];
  const smallest = values[values.length - 1];
  const noise = Math.max(8, values.length) * 2 ** -52 * largest;
  const divisor = largest === 0 ? null : estimate;
  const shares = largest === 0 ? new Float64Array() : values.map((value) => value / largest);
  return {
    values,
    condition: smallest <= noise ? Infinity : largest / smallest,
    stableRank: shares.reduce((sum, share) => sum + share * share, 0),
    effectiveRank: shares.length === 0 ? 0 : Math.exp(entropy(shares)),
    belowTenth: shares.filter((share) => share < COLLAPSED).length / values.length,
    estimateError: divisor === null ? null : (divisor - largest) / largest,
    normalized: divisor === null ? null : largest / Math.abs(divisor),
  };
}

/** Of the values as parts of their sum. */
function entropy(values: Float64Array): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.reduce((total, value) => {
    const part = value / sum;
    return part > 0 ? total - part * Math.log(part) : total;
  }, 0);
}

/** How singular values are made into what is drawn. */
export interface Scaling {
  readonly squared: boolean;
  /** Divided by the largest. */
  readonly scaled: boolean;
  /** What W is divided by in use: u^T W v; 1 where it is shown as it is. */
  readonly divisor: number;
}

/**
 * Singular values as they are drawn. Squared and scaled they are what the paper's Fig. 3 shows.
 *
 * @param values largest first
 */
export function scaleSpectrum(
  values: Float64Array,
  { squared, scaled, divisor }: Scaling,
): Float64Array {
  const largest = values.length > 0 ? values[0] : 0;
  // Of a weight that is 0 everywhere, all shares of the largest are nothing, not NaN.
  const by = scaled ? largest || 1 : divisor;
  return values.map((value) => (squared ? (value / by) ** 2 : value / by));
}

/** At most `most` of many values, evenly spread over them, with both ends. */
export function thinOut(values: Float64Array, most: number): Float64Array {
  if (values.length <= most) return values;
  const stride = (values.length - 1) / (most - 1);
  return Float64Array.from({ length: most }, (_, i) => values[Math.round(i * stride)]);
}

/**
 * Where values lie on an axis of indices 1 to `count`, when there are more or fewer of them than
 * that: each at its share of the way.
 */
export function spreadOver(length: number, count: number): Float64Array {
  if (length === 1) return Float64Array.of(1);
  return Float64Array.from({ length }, (_, i) => 1 + (i * (count - 1)) / (length - 1));
}

/** Figures of a measurement as people read them: as many digits as mean something. */

const NOTHING = '–';

/** `0.812`, `5.1`, `54`. */
export function seconds(value: number | null): string {
  return value === null
    ? NOTHING
    : value.toPrecision(value >= 100 ? Math.ceil(Math.log10(value)) : 3);
}

/** `12 ms`, `0.8 ms`. */
export function milliseconds(value: number | null): string {
  if (value === null) return NOTHING;
  return `${value >= 10 ? value.toFixed(0) : value.toFixed(1)} ms`;
}

/** `1.42 GB`, `830 MB`, `310 kB`. */
export function bytes(value: number | null): string {
  if (value === null) return NOTHING;
  if (value < 1e6) return `${(value / 1e3).toFixed(0)} kB`;
  return value >= 1e9 ? `${(value / 1e9).toFixed(2)} GB` : `${(value / 1e6).toFixed(0)} MB`;
}

/** `2.1 %`. */
export function share(value: number | null): string {
  return value === null ? NOTHING : `${(100 * value).toFixed(1)} %`;
}

/** `2.1 % / 1.8 %`. */
export function shares(values: readonly number[] | null): string {
  return values === null ? NOTHING : values.map((value) => share(value)).join(' / ');
}

/** `1,234`; a large number loses its fractions. */
export function count(value: number | null): string {
  if (value === null) return NOTHING;
  const digits = value >= 100 ? 0 : 1;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** `0.84`. */
export function ratio(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : value.toFixed(2);
}

/** A number with four digits that mean something: `1.065`, `0.0003201`, `1.2e+9`. */
export function inDigits(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

/** A share as `62 %`; with a digit more where it is small. */
export function inPercent(share: number): string {
  const percent = 100 * share;
  return `${Math.abs(percent) < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

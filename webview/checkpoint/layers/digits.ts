import { formatReading } from '../../figures/format';
import { locale } from '../../ui/format';

const formats = new Map<string, Intl.NumberFormat>();

/**
 * A number of a column: always as many decimals, so that the points stand below each other; what
 * is far too large or too small for that, in digits that mean something.
 */
export function inColumn(value: number, decimals: number): string {
  const size = Math.abs(value);
  const small = size > 0 && size < 10 ** -decimals;
  if (!Number.isFinite(value) || size >= 1e5 || small) return formatReading(value, 4);
  return formatted(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A share with one decimal: `12.5 %`. */
export function inPercents(share: number): string {
  return formatted(share, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
}

/** A deviation with its sign: `−0.42 %`. */
export function inSignedPercents(share: number): string {
  return formatted(share, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
}

/** A minus sign is as wide as a digit. */
function formatted(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale(), options)));
  return format.format(value).replace('-', '−');
}

import { formatCount, locale } from '../ui/format';

/**
 * A value beside a curve: always as many significant digits, so that it does not jump about while
 * the cursor moves; a dash for none.
 */
export function formatReading(value: number | undefined, digits = 4): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size >= 1e6 || (size < 1e-3 && size > 0)) return signed(shortExponent(value, digits - 1));
  if (Number.isInteger(value) || size >= 1000) return signed(formatCount(value));
  return signed(decimal(value, Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
}

/** The label of a tick, with just the digits that tell it from its neighbours. */
export function formatTick(value: number, increment: number): string {
  const size = Math.abs(value);
  if (value === 0 || size < increment / 1e6) return '0';
  if (size >= 1e9 || increment < 1e-4) {
    const digits = Math.floor(Math.log10(size)) - Math.floor(Math.log10(increment));
    return signed(shortExponent(value, Math.max(0, digits)));
  }
  if (increment >= 1e5 && size >= 1e6) return signed(`${trimmed(value / 1e6, increment / 1e6)}M`);
  if (increment >= 100 && size >= 1e4) return signed(`${trimmed(value / 1e3, increment / 1e3)}k`);
  return signed(trimmed(value, increment));
}

function trimmed(value: number, increment: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(increment) + 1e-9));
  return decimal(value, digits);
}

const decimals = new Map<number, Intl.NumberFormat>();

function decimal(value: number, digits: number): string {
  let format = decimals.get(digits);
  if (!format) {
    const style = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    decimals.set(digits, (format = new Intl.NumberFormat(locale(), style)));
  }
  return format.format(value);
}

function shortExponent(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits).split('e');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${short}e${Number(exponent)}`;
}

/** A minus sign, which is as wide as a digit, for the hyphen. */
function signed(text: string): string {
  return text.replaceAll('-', '−');
}

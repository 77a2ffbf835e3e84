import { t } from '@vscode/l10n';
import { formatCount, formatDuration, locale } from '../format';
import type { XAxis } from '../viewState';

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

/** A moment, to the second; `seconds` since 1970. */
export function formatMoment(seconds: number): string {
  return moments('moment').format(seconds * 1000);
}

/** A position on the x axis, in words. */
export function formatPosition(x: number, axis: XAxis): string {
  if (axis === 'step') return t('step {0}', formatCount(x));
  return axis === 'relative' ? formatDuration(x) : formatMoment(x);
}

/** A position on the x axis, as short as the label of a tick. */
export function formatPlace(x: number, axis: XAxis): string {
  if (axis === 'step') return formatCount(x);
  if (axis === 'wall') return formatClock(x, 'second');
  const seconds = Math.round(x);
  const pairs = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return pairs.map((part, i) => (i === 0 ? part : String(part).padStart(2, '0'))).join(':');
}

/** Hours and minutes of a moment, with its seconds, or its day. */
export function formatClock(seconds: number, style: 'second' | 'minute' | 'day'): string {
  return moments(style).format(seconds * 1000);
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const day = { month: 'short', day: 'numeric' } as const;
const styles = {
  day,
  minute: clock,
  second: { ...clock, second: '2-digit' },
  moment: { year: 'numeric', ...day, ...clock, second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const made = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it a hundred times. */
function moments(style: keyof typeof styles): Intl.DateTimeFormat {
  let format = made.get(style);
  if (!format) made.set(style, (format = new Intl.DateTimeFormat(locale(), styles[style])));
  return format;
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

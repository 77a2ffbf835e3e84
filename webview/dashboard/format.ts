import { t } from '@vscode/l10n';

/** Numbers and times in words, in the display language. */

/** The language of the page: that of VS Code. Undefined where there is no page, in tests. */
export function locale(): string | undefined {
  if (!('document' in globalThis)) return undefined;
  return document.documentElement.lang || undefined;
}

const formats = new Map<string, Intl.NumberFormat>();

function format(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let made = formats.get(name);
  if (!made) formats.set(name, (made = new Intl.NumberFormat(locale(), options)));
  return made;
}

/** `12,345` */
export function formatCount(count: number): string {
  return format('count', { maximumFractionDigits: 0 }).format(count);
}

/** `12.3 %` as the language writes it. */
export function formatShare(share: number): string {
  return format('share', { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(
    share,
  );
}

/** Four significant digits, with an exponent where there would be many zeros: `0.8123`, `3.1e-7`. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    return format('scientific', { notation: 'scientific', maximumSignificantDigits: 3 }).format(
      value,
    );
  }
  return format('value', { maximumSignificantDigits: size >= 1e4 ? 7 : 4 }).format(value);
}

/** `96.4` */
export function formatSpeed(perSecond: number): string {
  return format(perSecond < 100 ? 'slow' : 'fast', {
    maximumFractionDigits: perSecond < 100 ? 1 : 0,
  }).format(perSecond);
}

/** `1.4 GB` */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = Math.min(4, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const amount = bytes / 1000 ** power;
  const unit = units[power];
  const maximumFractionDigits = amount < 10 && power > 0 ? 1 : 0;
  return format(`${unit} ${maximumFractionDigits}`, {
    style: 'unit',
    unit,
    maximumFractionDigits,
  }).format(amount);
}

/** Two units at most: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 59.5) return t('{0} s', Math.max(0, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('{0} min', minutes);
  if (minutes < 24 * 60) {
    const rest = minutes % 60;
    const hours = Math.floor(minutes / 60);
    return rest === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, rest);
  }
  const hours = Math.round(minutes / 60);
  const rest = hours % 24;
  const days = Math.floor(hours / 24);
  return rest === 0 ? t('{0} d', days) : t('{0} d {1} h', days, rest);
}

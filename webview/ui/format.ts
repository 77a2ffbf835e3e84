import { t } from '@vscode/l10n';

/** Numbers and times in words, in the display language. */

/** The language of the page: that of VS Code. Undefined where there is no page, in tests. */
export function locale(): string | undefined {
  if (!('document' in globalThis)) return undefined;
  return document.documentElement.lang || undefined;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes far longer than using one. */
function formatted(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale(), options)));
  return format.format(value);
}

/** `12,345` */
export function formatCount(count: number): string {
  return formatted(count, { maximumFractionDigits: 0 });
}

/**
 * `12 %` as the language writes it; a digit more below a tenth. The least share that there is does
 * not read as none, nor one of nearly all as all.
 */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return `<${formatShare(0.001)}`;
  const shown = share < 1 ? Math.min(share, 0.99) : share;
  return formatted(shown, { style: 'percent', maximumFractionDigits: shown < 0.1 ? 1 : 0 });
}

/** `96.4` */
export function formatSpeed(perSecond: number): string {
  return formatted(perSecond, { maximumFractionDigits: perSecond < 100 ? 1 : 0 });
}

/** `1.4 GB` */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = Math.min(4, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const amount = bytes / 1000 ** power;
  return formatted(amount, {
    style: 'unit',
    unit: units[power],
    maximumFractionDigits: amount < 10 && power > 0 ? 1 : 0,
  });
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

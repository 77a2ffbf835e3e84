import { t } from '@vscode/l10n';
import { formatCount, formatDuration, locale } from '../../ui/format';
import type { XAxis } from '../viewState';

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

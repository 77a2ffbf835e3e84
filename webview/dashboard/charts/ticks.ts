import { formatTick } from '../../figures/format';
import { fractionOf, type Scale } from '../../figures/scale';
import { countTicks, multiples, niceIncrement, type Tick } from '../../figures/ticks';
import type { XAxis } from '../viewState';
import { formatClock } from './format';

/** Ticks of the x axis, at most `most` of them. */
export function xTicks(scale: Scale, axis: XAxis, most: number): Tick[] {
  if (axis === 'wall') return wallTicks(scale, most);
  const wide = scale.log && scale.max / scale.min >= 10;
  if (axis === 'step') return countTicks(scale, most);
  return wide ? wideSpanTicks(scale, most) : relativeTicks(scale, most);
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const spans = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * DAY),
];

function spanIncrement({ min, max }: Scale, most: number): number {
  const least = (max - min) / most;
  if (least < 1) return niceIncrement({ min, max, log: false }, most);
  return spans.find((span) => span >= least) ?? spans[spans.length - 1];
}

function relativeTicks(scale: Scale, most: number): Tick[] {
  const increment = spanIncrement(scale, most);
  return multiples(scale, increment).map((value) => ({
    value,
    label: spanLabel(value, increment, scale.max),
  }));
}

/** Times that have a name, as far apart on a logarithmic axis as there is room. */
function wideSpanTicks(scale: Scale, most: number): Tick[] {
  const ticks: Tick[] = [];
  let free = -Infinity;
  for (const value of [0.001, 0.01, 0.1, ...spans]) {
    const place = fractionOf(value, scale);
    if (place < 0 || place > 1 || place < free) continue;
    ticks.push({ value, label: spanLabel(value, value, value) });
    free = place + 1 / most;
  }
  return ticks;
}

/** A time since the start in one unit, or in two joined by a colon. */
function spanLabel(seconds: number, increment: number, longest: number): string {
  const pair = (large: number, small: number): string =>
    `${Math.floor(seconds / large)}:${String(Math.round((seconds % large) / small)).padStart(2, '0')}`;
  if (increment >= DAY) return `${formatTick(seconds / DAY, increment / DAY)} d`;
  if (increment >= HOUR) return `${formatTick(seconds / HOUR, 1)} h`;
  if (increment >= MINUTE) {
    return longest < 2 * HOUR ? `${formatTick(seconds / MINUTE, 1)} min` : pair(HOUR, MINUTE);
  }
  if (longest < 2 * MINUTE) return `${formatTick(seconds, increment)} s`;
  return pair(MINUTE, 1);
}

/** Ticks at round times of the day, as the clock of this machine shows them. */
function wallTicks(scale: Scale, most: number): Tick[] {
  const increment = spanIncrement(scale, most);
  const midnight = new Date(scale.min * 1000).setHours(0, 0, 0, 0) / 1000;
  const fromMidnight = { min: scale.min - midnight, max: scale.max - midnight };
  return multiples(fromMidnight, increment).map((value) => {
    const style = increment >= DAY || value % DAY === 0 ? 'day' : 'minute';
    return {
      value: midnight + value,
      label: formatClock(midnight + value, increment < MINUTE ? 'second' : style),
    };
  });
}

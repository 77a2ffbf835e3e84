import { formatCount } from '../format';
import type { XAxis } from '../viewState';
import { formatClock, formatTick } from './format';
import { fractionOf, type Scale } from './scale';

/** A line of the grid and what stands beside it. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Ticks of an axis of plain numbers, at most `most` of them. */
export function numberTicks(scale: Scale, most: number): Tick[] {
  if (scale.log && scale.max / scale.min >= 10) return decadeTicks(scale, most);
  const increment = niceIncrement(scale, most);
  return multiples(scale, increment).map((value) => ({
    value,
    label: formatTick(value, increment),
  }));
}

/** Ticks of the x axis, at most `most` of them. */
export function xTicks(scale: Scale, axis: XAxis, most: number): Tick[] {
  if (axis === 'wall') return wallTicks(scale, most);
  const wide = scale.log && scale.max / scale.min >= 10;
  if (axis === 'step') return wide ? decadeTicks(scale, most) : stepTicks(scale, most);
  return wide ? wideSpanTicks(scale, most) : relativeTicks(scale, most);
}

/** There is no half step. */
function stepTicks(scale: Scale, most: number): Tick[] {
  const increment = Math.max(1, niceIncrement(scale, most));
  const ticks = multiples(scale, increment).map((value) => ({
    value,
    label: formatTick(value, increment),
  }));
  return increment >= 100 ? ticks : labelled(ticks, formatCount);
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

function decadeTicks({ min, max }: Scale, most: number): Tick[] {
  const low = Math.floor(Math.log10(min));
  const high = Math.ceil(Math.log10(max));
  const stride = Math.max(1, Math.ceil((high - low) / most));
  const factors = (high - low) * 3 <= most ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let exponent = low; exponent <= high; exponent += stride) {
    for (const factor of factors) {
      const value = Number(`${factor}e${exponent}`);
      if (value < min || value > max) continue;
      ticks.push({ value, label: formatTick(value, value) });
    }
  }
  return ticks;
}

/** The least of 1, 2 and 5 times a power of ten that makes at most `most` ticks. */
function niceIncrement({ min, max }: Scale, most: number): number {
  const least = (max - min) / Math.max(1, most);
  const exponent = Math.floor(Math.log10(least));
  for (const factor of [1, 2, 5]) {
    const increment = Number(`${factor}e${exponent}`);
    if (increment >= least * (1 - 1e-9)) return increment;
  }
  return Number(`1e${exponent + 1}`);
}

function multiples({ min, max }: { min: number; max: number }, increment: number): number[] {
  const found: number[] = [];
  const slack = increment * 1e-6;
  for (let i = Math.ceil((min - slack) / increment); i * increment <= max + slack; i++) {
    // Multiplied and rounded, not added up, so that 0.3 is 0.3.
    found.push(Number((i * increment).toPrecision(12)));
  }
  return found;
}

function labelled(ticks: readonly Tick[], label: (value: number) => string): Tick[] {
  return ticks.map(({ value }) => ({ value, label: label(value) }));
}

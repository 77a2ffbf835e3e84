import { formatCount } from '../ui/format';
import { formatTick } from './format';
import type { Scale } from './scale';

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

/** Ticks of an axis that counts, of steps or of singular values: there is no half one. */
export function countTicks(scale: Scale, most: number): Tick[] {
  if (scale.log && scale.max / scale.min >= 10) return decadeTicks(scale, most);
  const increment = Math.max(1, niceIncrement(scale, most));
  const ticks = multiples(scale, increment).map((value) => ({
    value,
    label: formatTick(value, increment),
  }));
  return increment >= 100 ? ticks : labelled(ticks, formatCount);
}

/** Ticks at powers of ten, and at 2 and 5 times them where there is room. */
export function decadeTicks({ min, max }: Scale, most: number): Tick[] {
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
export function niceIncrement({ min, max }: Scale, most: number): number {
  const least = (max - min) / Math.max(1, most);
  const exponent = Math.floor(Math.log10(least));
  for (const factor of [1, 2, 5]) {
    const increment = Number(`${factor}e${exponent}`);
    if (increment >= least * (1 - 1e-9)) return increment;
  }
  return Number(`1e${exponent + 1}`);
}

/** All multiples of an increment in a range; none where numbers cannot tell them apart. */
export function multiples({ min, max }: { min: number; max: number }, increment: number): number[] {
  const found: number[] = [];
  const slack = increment * 1e-6;
  const first = Math.ceil((min - slack) / increment);
  if (!Number.isSafeInteger(first)) return found;
  for (let i = first; i * increment <= max + slack; i++) {
    // Multiplied and rounded, not added up, so that 0.3 is 0.3.
    found.push(Number((i * increment).toPrecision(12)));
  }
  return found;
}

function labelled(ticks: readonly Tick[], label: (value: number) => string): Tick[] {
  return ticks.map(({ value }) => ({ value, label: label(value) }));
}

import type { ScalarRecord } from '../shared/runFolder';

/**
 * How many digits a line of `scalars.jsonl` keeps: those that were computed, no more. That makes
 * lines a quarter shorter, and as much quicker to parse.
 *
 * - `time`, `ms/…` and `imagesPerSecond`: three decimals, finer than any clock or speed is steady;
 * - `memory/…`: whole bytes and counts;
 * - what the device computes in float32 (losses, scores, norms, the learning rate it is given):
 *   the shortest decimal that reads back as the same float32;
 * - tags of other groups: every digit.
 */
type Digits = (value: number) => number;

const byGroup: Readonly<Record<string, Digits>> = {
  time: thousandths,
  ms: thousandths,
  imagesPerSecond: thousandths,
  memory: Math.round,
  loss: shortestFloat32,
  score: shortestFloat32,
  sigma: shortestFloat32,
  sigmaBar: shortestFloat32,
  stableRank: shortestFloat32,
  lambda: shortestFloat32,
  weight: shortestFloat32,
  gradient: shortestFloat32,
  learningRate: shortestFloat32,
};

/** A run has a few dozen tags, and each line has the same. */
const byTag = new Map<string, Digits | undefined>();

/** A copy of a record with the digits that are worth keeping. */
export function withoutIdleDigits(record: ScalarRecord): ScalarRecord {
  const result: ScalarRecord = { step: record.step, time: record.time };
  for (const tag of Object.keys(record)) {
    const digits = digitsOf(tag);
    result[tag] = digits ? digits(record[tag]) : record[tag];
  }
  return result;
}

function digitsOf(tag: string): Digits | undefined {
  if (!byTag.has(tag)) {
    const [group] = tag.split('/');
    byTag.set(tag, Object.hasOwn(byGroup, group) ? byGroup[group] : undefined);
  }
  return byTag.get(tag);
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Six digits always survive a float32, and nine always tell it from its neighbours. */
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 9;
/** The largest power of ten that a float64 holds exactly. */
const LARGEST_POWER = 22;
const powersOfTen = Array.from({ length: LARGEST_POWER + 1 }, (_, i) => Number(`1e${i}`));

/** The number with the fewest decimal digits that is the same in float32 as `value`. */
export function shortestFloat32(value: number): number {
  const single = Math.fround(value);
  // Beyond the range of float32 there is nothing that could be shortened.
  if (single === 0 || !Number.isFinite(single)) return value;
  const exponent = Math.floor(Math.log10(Math.abs(single)));
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
    const rounded = roundedTo(single, digits, exponent);
    if (Math.fround(rounded) === single) return rounded;
  }
  return roundedTo(single, MOST_DIGITS, exponent);
}

/** The float64 that is nearest to the decimal with so many digits. */
function roundedTo(value: number, digits: number, exponent: number): number {
  const places = digits - 1 - exponent;
  if (places < 0 || places > LARGEST_POWER) return Number(value.toPrecision(digits));
  // A whole number below 2^53 over an exact power of ten is rounded once, and so correctly.
  return Math.round(value * powersOfTen[places]) / powersOfTen[places];
}

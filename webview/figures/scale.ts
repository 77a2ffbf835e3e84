/** A range on the x axis, in the unit of the axis. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** How values of an axis lie along it. */
export interface Scale extends Range {
  readonly log: boolean;
}

/** A place along the axis, 0 at its minimum and 1 at its maximum. */
export function fractionOf(value: number, { min, max, log }: Scale): number {
  if (!log) return (value - min) / (max - min);
  return Math.log(value / min) / Math.log(max / min);
}

/** The value at a place along the axis; undoes {@link fractionOf}. */
export function valueAt(fraction: number, { min, max, log }: Scale): number {
  return log ? min * (max / min) ** fraction : min + fraction * (max - min);
}

/** The part of an axis between two places on it. */
export function part(scale: Scale, from: number, to: number): Range {
  return { min: valueAt(from, scale), max: valueAt(to, scale) };
}

/**
 * A range that is `factor` as long, with one place held fast: zooming around a pointer.
 *
 * @param factor below 1 zooms in
 * @param anchor 0 to 1, along the axis
 */
export function zoomAround(scale: Scale, anchor: number, factor: number): Range {
  return part(scale, anchor - anchor * factor, anchor + (1 - anchor) * factor);
}

/**
 * What of a wanted range lies within the limits: moved inside where it sticks out, at most as long
 * as they are. Undefined where that is everything: then nothing is zoomed.
 */
export function clampRange(wanted: Range, limits: Scale): Range | undefined {
  const low = fractionOf(wanted.min, limits);
  const high = fractionOf(wanted.max, limits);
  const length = high - low;
  if (!(length < 1)) return undefined;
  const from = Math.max(0, Math.min(low, 1 - length));
  return part(limits, from, from + length);
}

/** Values nearer to each other than this share of them differ by rounding only. */
const ROUNDING = 1e-12;

/**
 * A range with some room on both sides, so that no curve touches the frame; never empty, and never
 * so short that only rounding would be seen in it.
 */
export function padded(min: number, max: number, log: boolean): Range {
  const flat = max - min <= ROUNDING * Math.max(Math.abs(min), Math.abs(max));
  if (log) {
    const room = flat ? 2 : (max / min) ** 0.05;
    return { min: min / room, max: max * room };
  }
  const room = flat ? Math.abs(min) * 0.1 || 1 : (max - min) * 0.05;
  return { min: min - room, max: max + room };
}

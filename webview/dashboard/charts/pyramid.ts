/** Entries of one level that the next one sums up in one. */
const FACTOR = 16;

/** Least and greatest finite value of some rows, and how many of their values are finite. */
export interface Extremes {
  min: number;
  max: number;
  count: number;
}

class Level {
  length = 0;
  min = new Float32Array(FACTOR);
  max = new Float32Array(FACTOR);
  count = new Uint32Array(FACTOR);

  /** Makes room for so many entries. */
  reserve(length: number): void {
    if (length <= this.min.length) return;
    const capacity = Math.max(length, 2 * this.min.length);
    const { min, max, count } = this;
    this.min = new Float32Array(capacity);
    this.max = new Float32Array(capacity);
    this.count = new Uint32Array(capacity);
    this.min.set(min);
    this.max.set(max);
    this.count.set(count);
  }

  /** There is room. */
  push({ min, max, count }: Extremes): void {
    this.min[this.length] = min;
    this.max[this.length] = max;
    this.count[this.length] = count;
    this.length++;
  }
}

/**
 * Sums of a column that only grows, so that the extremes of any rows are found without reading
 * them all: a million points are drawn from a few thousand summaries, and one more row costs one
 * step. Holds no values itself: every call is given the column as it is now.
 */
export class Pyramid {
  /** What `find` found; one object, because it is asked thousands of times a frame. */
  readonly found: Extremes = { min: Infinity, max: -Infinity, count: 0 };
  private readonly levels: Level[] = [];

  /** @param positive whether only values above 0 count, as on a logarithmic axis */
  constructor(private readonly positive = false) {}

  /** Takes in the rows that were added to the column since the last call. */
  extend(values: Float32Array): void {
    const first = this.level(0);
    const { found } = this;
    first.reserve(Math.floor(values.length / FACTOR));
    for (let end = (first.length + 1) * FACTOR; end <= values.length; end += FACTOR) {
      this.clear();
      this.scan(values, end - FACTOR, end);
      first.push(found);
    }
    for (let depth = 1; this.levels[depth - 1].length >= FACTOR; depth++) {
      const below = this.levels[depth - 1];
      const level = this.level(depth);
      level.reserve(Math.floor(below.length / FACTOR));
      for (let end = (level.length + 1) * FACTOR; end <= below.length; end += FACTOR) {
        this.clear();
        this.merge(below, end - FACTOR, end);
        level.push(found);
      }
    }
  }

  /** Finds the extremes of the rows `from` to before `to`; they are in `found`. */
  find(values: Float32Array, from: number, to: number): void {
    this.clear();
    const start = Math.ceil(from / FACTOR);
    const end = Math.floor(to / FACTOR);
    if (start >= end) {
      this.scan(values, from, to);
      return;
    }
    this.scan(values, from, start * FACTOR);
    this.scan(values, end * FACTOR, to);
    this.findAbove(0, start, end);
  }

  /** The first row from `from` to before `to` with a value that counts; -1 where there is none. */
  firstRow(values: Float32Array, from: number, to: number): number {
    for (let row = from; row < to; row++) {
      if (row % FACTOR === 0 && this.isEmptyBlock(row)) row += FACTOR - 1;
      else if (this.counts(values[row])) return row;
    }
    return -1;
  }

  /** The last such row. */
  lastRow(values: Float32Array, from: number, to: number): number {
    for (let row = to - 1; row >= from; row--) {
      if (row % FACTOR === FACTOR - 1 && this.isEmptyBlock(row)) row -= FACTOR - 1;
      else if (this.counts(values[row])) return row;
    }
    return -1;
  }

  private findAbove(depth: number, from: number, to: number): void {
    const level = this.levels[depth];
    const start = Math.ceil(from / FACTOR);
    const end = Math.floor(to / FACTOR);
    if (start >= end) {
      this.merge(level, from, to);
      return;
    }
    this.merge(level, from, start * FACTOR);
    this.merge(level, end * FACTOR, to);
    this.findAbove(depth + 1, start, end);
  }

  private isEmptyBlock(row: number): boolean {
    const block = Math.floor(row / FACTOR);
    const level = this.level(0);
    return block < level.length && level.count[block] === 0;
  }

  private counts(value: number): boolean {
    return Number.isFinite(value) && (!this.positive || value > 0);
  }

  private level(depth: number): Level {
    return (this.levels[depth] ??= new Level());
  }

  private clear(): void {
    this.found.min = Infinity;
    this.found.max = -Infinity;
    this.found.count = 0;
  }

  private scan(values: Float32Array, from: number, to: number): void {
    const { found } = this;
    let { min, max, count } = found;
    const floor = this.positive ? 0 : -Infinity;
    for (let row = from; row < to; row++) {
      const value = values[row];
      // Neither NaN nor an infinity: only a finite number less itself is 0.
      if (value - value !== 0 || value <= floor) continue;
      if (value < min) min = value;
      if (value > max) max = value;
      count++;
    }
    found.min = min;
    found.max = max;
    found.count = count;
  }

  private merge(level: Level, from: number, to: number): void {
    const { found } = this;
    for (let i = from; i < to; i++) {
      if (level.min[i] < found.min) found.min = level.min[i];
      if (level.max[i] > found.max) found.max = level.max[i];
      found.count += level.count[i];
    }
  }
}

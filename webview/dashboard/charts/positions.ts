import { firstAtOrAfter } from '../../figures/ascending';

/** Rows from `start` to before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the rows of a run lie on the x axis: a column that only grows, less an offset. A run whose
 * steps (or clock) went back falls into stretches that each ascend; all of them are drawn.
 */
export class Positions {
  min = Infinity;
  max = -Infinity;
  /** The least position above 0: where a logarithmic axis can begin. */
  minPositive = Infinity;
  private column: Float64Array = new Float64Array(0);
  private offset = 0;
  private seen = 0;
  private readonly starts: number[] = [];

  /** Takes in the rows that were added since the last call. */
  extend(column: Float64Array, offset: number): void {
    this.column = column;
    this.offset = offset;
    for (; this.seen < column.length; this.seen++) {
      const x = column[this.seen] - offset;
      if (this.seen === 0 || x < this.at(this.seen - 1)) this.starts.push(this.seen);
      if (x < this.min) this.min = x;
      if (x > this.max) this.max = x;
      if (x > 0 && x < this.minPositive) this.minPositive = x;
    }
  }

  get length(): number {
    return this.column.length;
  }

  /** The ascending stretches, in the order of the rows. */
  get stretches(): Stretch[] {
    return this.starts.map((start, i) => ({ start, end: this.starts[i + 1] ?? this.length }));
  }

  at(row: number): number {
    return this.column[row] - this.offset;
  }

  /** The first row of a stretch that lies at `x` or after it; its end where there is none. */
  firstAtOrAfter(x: number, { start, end }: Stretch): number {
    return firstAtOrAfter(this.column, x + this.offset, start, end);
  }

  /** The row nearest to `x`, the later one where steps were logged twice; -1 without rows. */
  nearest(x: number): number {
    let best = -1;
    for (const stretch of this.stretches) {
      const after = this.firstAtOrAfter(x, stretch);
      for (const row of [after - 1, after]) {
        if (row < stretch.start || row >= stretch.end) continue;
        if (best < 0 || Math.abs(this.at(row) - x) <= Math.abs(this.at(best) - x)) best = row;
      }
    }
    return best;
  }

  /**
   * The last row at `x` or before it, of the latest stretch that holds such a row; -1 where there
   * is none.
   */
  atOrBefore(x: number): number {
    let best = -1;
    for (const stretch of this.stretches) {
      // Positions are whole numbers of steps or times: what comes after x is what is above it.
      let row = this.firstAtOrAfter(x, stretch);
      while (row < stretch.end && this.at(row) <= x) row++;
      row--;
      if (row < stretch.start) continue;
      if (best < 0 || this.at(row) >= this.at(best)) best = row;
    }
    return best;
  }
}

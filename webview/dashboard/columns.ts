import type { Rows } from '../../src/shared/dashboard';

const FIRST_CAPACITY = 1024;

/**
 * The scalars of one run as columns that only grow. Every row that was ever logged is kept; what
 * is drawn may be thinned out, what is here never is.
 */
export class RunColumns {
  private count = 0;
  private stepRoom = new Float64Array(FIRST_CAPACITY);
  private timeRoom = new Float64Array(FIRST_CAPACITY);
  private readonly rooms = new Map<string, Float32Array>();
  private known = 0;
  private replaced = 0;

  /** Grows when rows that were here become others: what was derived from them no longer holds. */
  get generation(): number {
    return this.replaced;
  }

  /** Rows that are here. */
  get length(): number {
    return this.count;
  }

  /** Rows that the file is known to hold; more than `length` while chunks are on their way. */
  get total(): number {
    return Math.max(this.known, this.count);
  }

  /** The tags, in the order in which they first came. */
  get tags(): readonly string[] {
    return [...this.rooms.keys()];
  }

  /** Step of each row, [length]. A view: it grows stale with the next append. */
  get steps(): Float64Array {
    return this.stepRoom.subarray(0, this.count);
  }

  /** Seconds since 1970 of each row, [length]. A view. */
  get times(): Float64Array {
    return this.timeRoom.subarray(0, this.count);
  }

  /** Values of a tag, [length], NaN where a row has none. A view; undefined for an unknown tag. */
  values(tag: string): Float32Array | undefined {
    return this.rooms.get(tag)?.subarray(0, this.count);
  }

  /**
   * Takes a chunk in.
   *
   * @returns whether it followed what is here; otherwise nothing was taken and the rows have to be
   *   asked for anew
   */
  append(rows: Rows): boolean {
    if (rows.from === 0) this.clear();
    if (rows.from !== this.count) return false;
    const added = rows.steps.length;
    this.reserve(this.count + added);
    this.stepRoom.set(rows.steps, this.count);
    this.timeRoom.set(rows.times, this.count);
    for (const tag of Object.keys(rows.columns)) {
      if (!this.rooms.has(tag)) {
        this.rooms.set(tag, new Float32Array(this.stepRoom.length).fill(NaN));
      }
    }
    for (const [tag, room] of this.rooms) {
      // The room may hold what was there before a replacement.
      const column = rows.columns[tag] as Float32Array | undefined;
      if (column) room.set(column, this.count);
      else room.fill(NaN, this.count, this.count + added);
    }
    this.count += added;
    this.known = rows.total;
    return true;
  }

  private clear(): void {
    this.count = 0;
    this.known = 0;
    this.replaced++;
    this.rooms.clear();
  }

  private reserve(length: number): void {
    if (length <= this.stepRoom.length) return;
    const capacity = Math.max(length, 2 * this.stepRoom.length);
    const grown = <T extends Float64Array | Float32Array>(room: T, larger: T): T => {
      larger.set(room.subarray(0, this.count));
      return larger;
    };
    this.stepRoom = grown(this.stepRoom, new Float64Array(capacity));
    this.timeRoom = grown(this.timeRoom, new Float64Array(capacity));
    for (const [tag, room] of this.rooms) {
      this.rooms.set(tag, grown(room, new Float32Array(capacity).fill(NaN)));
    }
  }
}

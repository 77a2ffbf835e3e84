import type { Rows } from '../shared/dashboard';

/** More tags than this no network of ours has; a file with more would fill memory with columns. */
export const MAX_TAGS = 1000;
/** Characters of a tag. */
export const MAX_TAG_LENGTH = 200;
/** Rows that are gathered before they must be taken. */
export const MAX_ROWS = 16_384;
/**
 * Room of a column. A little more than a power of two, because the cells of a row would otherwise
 * all fall into the same lines of the processor's cache.
 */
const STRIDE = MAX_ROWS + 16;
const FIRST_COLUMNS = 64;
/** For tags that get no column. */
const NO_COLUMN = -1;

/**
 * Where rows are gathered as columns until they are taken away as a chunk. Between two chunks only
 * the tags stay.
 */
export class ColumnTable {
  /** Value of a column in a row at `column * stride + row`; NaN where it has none. */
  cells = new Float32Array(FIRST_COLUMNS * STRIDE).fill(NaN);
  readonly stride = STRIDE;
  readonly steps = new Float64Array(MAX_ROWS);
  readonly times = new Float64Array(MAX_ROWS);
  /** Rows that are gathered. */
  length = 0;
  private readonly columns = new Map<string, number>();
  /** The first tag that got no column, if any did not. */
  refused: string | undefined;

  /** Columns that there are. */
  get width(): number {
    return this.columns.size;
  }

  /** Column of a tag, which is made where it is missing; -1 for tags that get none. */
  columnOf(tag: string): number {
    const known = this.columns.get(tag);
    if (known !== undefined) return known;
    // The name of an inherited property would deceive whoever looks for a column in an object.
    const refused = this.columns.size >= MAX_TAGS || tag.length > MAX_TAG_LENGTH || tag in {};
    if (refused) {
      this.refused ??= tag;
      return NO_COLUMN;
    }
    const column = this.columns.size;
    this.columns.set(tag, column);
    this.reserve(column + 1);
    return column;
  }

  /** Removes what was written into the row that is being gathered. */
  clearRow(): void {
    for (let column = 0; column < this.columns.size; column++) {
      this.cells[column * STRIDE + this.length] = NaN;
    }
  }

  /** Takes the gathered rows away, all in one buffer that can be handed to another thread. */
  take(): Pick<Rows, 'steps' | 'times' | 'columns'> {
    const rows = this.length;
    const present = [...this.columns].filter(([, column]) => this.hasValues(column));
    const buffer = new ArrayBuffer(rows * (2 * 8 + present.length * 4));
    const steps = new Float64Array(buffer, 0, rows);
    const times = new Float64Array(buffer, rows * 8, rows);
    steps.set(this.steps.subarray(0, rows));
    times.set(this.times.subarray(0, rows));
    const columns: Record<string, Float32Array> = {};
    present.forEach(([tag, column], i) => {
      const values = this.cells.subarray(column * STRIDE, column * STRIDE + rows);
      columns[tag] = new Float32Array(buffer, rows * (2 * 8 + i * 4), rows);
      columns[tag].set(values);
      values.fill(NaN);
    });
    this.length = 0;
    return { steps, times, columns };
  }

  private hasValues(column: number): boolean {
    const end = column * STRIDE + this.length;
    for (let i = column * STRIDE; i < end; i++) if (!Number.isNaN(this.cells[i])) return true;
    return false;
  }

  private reserve(columns: number): void {
    const length = columns * STRIDE;
    if (length <= this.cells.length) return;
    const larger = new Float32Array(Math.max(length, 2 * this.cells.length)).fill(NaN);
    larger.set(this.cells);
    this.cells = larger;
  }
}

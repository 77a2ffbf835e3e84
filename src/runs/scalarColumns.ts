import { basename } from 'node:path';
import type { Rows } from '../shared/dashboard';
import { isMissing } from './diskErrors';
import { shortened } from './jsonFlaw';
import { withFileForReading } from './regularFile';
import { LineReader } from './scalarColumnsLine';
import { ColumnTable, MAX_ROWS, MAX_TAG_LENGTH, MAX_TAGS } from './scalarColumnsTable';
import { LineTail } from './scalarColumnsTail';

const NEWLINE = 0x0a;
/** Values that a run may have in all: a gigabyte of float32 in the page that draws them. */
const MAX_VALUES = 250e6;
/** Damaged lines that are named. */
const MAX_NAMED = 5;

/**
 * Reads `scalars.jsonl` as columns, chunk by chunk, and goes on where it stopped when the file has
 * grown. A last line without its newline waits until it is finished; finished lines that are no
 * records are left out and counted.
 *
 * A trainer that resumes replaces the file by a shorter one. Whenever what was read may not be what
 * the file holds now, the next chunk begins at row 0 again.
 */
export class ScalarColumns {
  private readonly tail = new LineTail();
  private table = new ColumnTable();
  private lines = new LineReader(this.table);
  /** Rows that were given out, and what the last chunk gave as its total. */
  private given = 0;
  private promised = 0;
  private lineCount = 0;
  private damagedCount = 0;
  /** Numbers, from 1, of the first damaged lines. */
  private damaged: number[] = [];
  private gone = false;
  private full = false;

  /** @param maxValues after how many values, empty ones too, to stop */
  constructor(
    private readonly file: string,
    private readonly maxValues = MAX_VALUES,
  ) {}

  /** Sentences about what cannot be shown of the file. */
  get flaws(): string[] {
    const name = basename(this.file);
    const flaws: string[] = [];
    if (this.gone) flaws.push(`${name} is gone; the curves are as it was last read.`);
    if (this.damagedCount > 0) flaws.push(damagedLines(name, this.damaged, this.damagedCount));
    const { refused } = this.table;
    if (refused !== undefined) {
      flaws.push(
        `${name} has tags that cannot be shown, the first of them ${shortened(refused)}: a run has at most ${MAX_TAGS} tags of at most ${MAX_TAG_LENGTH} characters.`,
      );
    }
    if (this.full) {
      flaws.push(
        `${name} is too large to be shown as a whole; the curves end after line ${this.lineCount}.`,
      );
    }
    return flaws;
  }

  /**
   * The next rows.
   *
   * @param maxRows most rows of the chunk, at most {@link MAX_ROWS}
   * @returns undefined where there is nothing new at this time; `total` of a chunk is an estimate
   *   while more chunks are there, and right in the last one
   * @throws UserError where the file system refuses
   */
  async read(maxRows = MAX_ROWS): Promise<Rows | undefined> {
    try {
      const chunk = await withFileForReading(this.file, async (handle) => {
        if (!(await this.tail.open(handle))) this.beginAnew();
        while (this.table.length < maxRows && !this.full && (await this.tail.fill(handle))) {
          this.readLines(maxRows);
        }
        return this.takeChunk(maxRows);
      });
      this.gone = false;
      return chunk;
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
      // Not there yet, or removed.
      this.gone = this.given > 0;
      return undefined;
    }
  }

  private beginAnew(): void {
    this.table = new ColumnTable();
    this.lines = new LineReader(this.table);
    this.given = this.lineCount = this.damagedCount = 0;
    this.damaged = [];
    this.full = false;
  }

  private readLines(maxRows: number): void {
    const { tail, table, lines } = this;
    const { bytes, end } = tail;
    let at = tail.start;
    while (at < end && table.length < maxRows) {
      let next = lines.readKnown(bytes, at);
      this.lineCount++;
      if (next < 0) {
        next = bytes.indexOf(NEWLINE, at) + 1;
        if (!lines.readAny(bytes.subarray(at, next - 1))) this.countDamaged();
      }
      at = next;
    }
    tail.use(at);
    this.full = (this.given + table.length) * table.width >= this.maxValues;
  }

  private countDamaged(): void {
    this.damagedCount++;
    if (this.damaged.length < MAX_NAMED) this.damaged.push(this.lineCount);
  }

  private takeChunk(maxRows: number): Rows | undefined {
    const { table, tail } = this;
    const from = this.given;
    this.given += table.length;
    // Only where lines are left because the chunk is full; an unfinished line is no promise.
    const more = table.length === maxRows && !this.full ? tail.left : 0;
    const total = this.given + Math.round((more * this.lineCount) / Math.max(1, tail.position));
    if (table.length === 0 && total === this.promised) return undefined;
    this.promised = total;
    return { from, total, ...table.take() };
  }
}

/** `Lines 3, 4 and 12 more …` */
function damagedLines(name: string, named: readonly number[], count: number): string {
  if (count === 1) return `Line ${named[0]} of ${name} is damaged and was left out.`;
  const others = count - named.length;
  const last = others > 0 ? `${others} more` : String(named[named.length - 1]);
  const first = others > 0 ? named : named.slice(0, -1);
  return `Lines ${first.join(', ')} and ${last} of ${name} are damaged and were left out.`;
}

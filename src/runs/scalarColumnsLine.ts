import { MAX_LINE_BYTES } from './lines';
import { NumberScanner } from './scalarColumnsNumber';
import { type ColumnTable, MAX_TAGS } from './scalarColumnsTable';

/** In place of a column, beside -1: the values of every row, and the line's end. */
const STEP = -2;
const TIME = -3;
const END = -4;
/** Longer lines are read without learning from them. */
const MAX_LEARNT_BYTES = 64 * 1024;
const MAX_PIECES = 4 * MAX_TAGS;
/** So many things are tried after each value before a line is read the slow way. */
const MAX_FOLLOWERS = 8;

/** What stands between two values, `,"loss/d":`, and what has been seen to come after it. */
interface Piece {
  readonly bytes: Uint8Array;
  /** Where the value after it goes; see the numbers above. */
  readonly column: number;
  readonly followers: Piece[];
}

const beforeValue = /[ \t\r\n]*[{,][ \t\r\n]*"([^"\\]*)"[ \t\r\n]*:[ \t\r\n]*/y;
const numeral = /[-+.\deE]+/y;
const atEnd = /[ \t\r\n]*\}[ \t\r\n]*$/y;

/**
 * Reads lines of `scalars.jsonl` into a table.
 *
 * The lines of a run differ in their numbers and in little else. So what stands between the numbers
 * is learnt from lines that `JSON.parse` has read, and recognised byte by byte in later ones, in
 * which then only numbers are left to read. A line that differs in one byte is read by `JSON.parse`
 * again: both ways agree on every line.
 */
export class LineReader {
  private readonly scanner = new NumberScanner();
  private readonly start: Piece = { bytes: new Uint8Array(), column: END, followers: [] };
  private readonly pieces = new Map<string, Piece>();

  constructor(private readonly table: ColumnTable) {}

  /**
   * Reads the line that begins at an index, if it is like an earlier one, into a new row.
   *
   * @param bytes must have a newline at or after the index
   * @returns index after its newline; -1 where it is not like an earlier one or is no record
   */
  readKnown(bytes: Buffer, start: number): number {
    const { table, scanner } = this;
    const { cells, stride, length } = table;
    let at = start;
    let piece = this.start;
    let step = NaN;
    let time = NaN;
    for (;;) {
      const next = follow(piece, bytes, at);
      if (next === undefined) return -1;
      piece = next;
      at += piece.bytes.length;
      const { column } = piece;
      if (column === END) break;
      const value = scanner.scan(bytes, at, column >= 0);
      if (!Number.isFinite(value)) return -1;
      at = scanner.end;
      if (column >= 0) cells[column * stride + length] = value;
      else if (column === STEP) step = value;
      else if (column === TIME) time = value;
    }
    if (!isStep(step) || Number.isNaN(time) || at - start > MAX_LINE_BYTES + 1) return -1;
    this.finishRow(step, time);
    return at;
  }

  /**
   * Reads any line into a new row, and learns from it.
   *
   * @param line without its newline
   * @returns whether it is a record: whole step, time, and numbers only
   */
  readAny(line: Buffer): boolean {
    this.table.clearRow();
    const entries = line.length > MAX_LINE_BYTES ? undefined : numbersOf(line);
    if (entries === undefined) return false;
    let step = NaN;
    let time = NaN;
    for (const [tag, value] of entries) {
      if (tag === 'step') step = value;
      else if (tag === 'time') time = value;
    }
    if (!isStep(step) || Number.isNaN(time)) return false;
    for (const [tag, value] of entries) {
      const column = this.columnOf(tag);
      if (column >= 0) this.table.cells[column * this.table.stride + this.table.length] = value;
    }
    this.finishRow(step, time);
    this.learn(line);
    return true;
  }

  private finishRow(step: number, time: number): void {
    const { table } = this;
    table.steps[table.length] = step;
    table.times[table.length] = time;
    table.length++;
  }

  private columnOf(tag: string): number {
    if (tag === 'step') return STEP;
    return tag === 'time' ? TIME : this.table.columnOf(tag);
  }

  /** Remembers what stands between the numbers of a record. */
  private learn(line: Buffer): void {
    if (line.length > MAX_LEARNT_BYTES) return;
    // One character a byte, so that indices are those of the bytes.
    const text = line.toString('latin1');
    let piece: Piece | undefined = this.start;
    for (let at = 0; piece !== undefined;) {
      beforeValue.lastIndex = atEnd.lastIndex = at;
      const found = beforeValue.exec(text);
      if (found === null) {
        // Else a key with an escape sequence, as we never write it.
        if (atEnd.test(text)) this.followerOf(piece, `${text.slice(at)}\n`, END);
        return;
      }
      at += found[0].length;
      const tag = Buffer.from(found[1], 'latin1').toString('utf8');
      piece = this.followerOf(piece, found[0], this.columnOf(tag));
      numeral.lastIndex = at;
      at += numeral.exec(text)?.[0].length ?? 0;
    }
  }

  /** Undefined where enough is remembered already. */
  private followerOf(piece: Piece, text: string, column: number): Piece | undefined {
    const bytes = Buffer.from(text, 'latin1');
    const known = piece.followers.find((follower) => bytes.equals(follower.bytes));
    if (known !== undefined) return known;
    if (piece.followers.length >= MAX_FOLLOWERS) return undefined;
    let follower = this.pieces.get(text);
    if (follower === undefined) {
      if (this.pieces.size >= MAX_PIECES) return undefined;
      follower = { bytes, column, followers: [] };
      this.pieces.set(text, follower);
    }
    piece.followers.push(follower);
    return follower;
  }
}

function follow(piece: Piece, bytes: Buffer, at: number): Piece | undefined {
  const { followers } = piece;
  for (let i = 0; i < followers.length; i++) {
    if (stands(followers[i].bytes, bytes, at)) return followers[i];
  }
  return undefined;
}

/** A newline in `bytes` ends the comparison at the latest: no piece has one but at its end. */
function stands(wanted: Uint8Array, bytes: Buffer, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function isStep(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The keys and values of an object that has finite numbers only. */
function numbersOf(line: Buffer): [string, number][] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.toString('utf8'));
  } catch {
    // Not JSON: the caller counts the line.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed as Record<string, unknown>);
  return entries.every((entry): entry is [string, number] => Number.isFinite(entry[1]))
    ? entries
    : undefined;
}

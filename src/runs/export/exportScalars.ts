import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runFile } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';
import { replaceFile, writeFully } from '../atomicFile';
import { readLines } from '../lines';
import { withFileForReading } from '../regularFile';
import type { Exported, ExportRequest, ExportWatch } from './exportRequest';
import { type RecordTexts, recordTexts } from './recordTexts';

type ScalarsRequest = Extract<ExportRequest, { kind: 'scalars' }>;

/** As many columns as the common spreadsheets take. */
const MAX_COLUMNS = 16_384;
/** Text that is gathered before it is written. */
const PIECE_CHARACTERS = 1024 * 1024;
/** The columns that every record has. */
const always = ['step', 'time'];

/**
 * Writes the scalars of a run as CSV or JSON: every row that is finished now, every value with the
 * digits that the run's file has.
 *
 * CSV has a header and a column for each tag that any row has; where a row has no value its place
 * is empty. JSON is an array of objects, each without the tags that its row has not.
 *
 * @throws UserError where the file system refuses, or for more tags than a table can have
 */
export async function exportScalars(
  { folder, target, format, tags }: ScalarsRequest,
  watch: ExportWatch,
): Promise<Exported> {
  const file = join(folder, runFile.scalars);
  return withFileForReading(file, async (source) => {
    const { size } = await source.stat();
    const chosen = tags && [...new Set([...always, ...tags])];
    // Only a table must know all columns before its first row.
    const searched = format === 'csv' && chosen === undefined ? 0.5 : 0;
    const columns =
      searched > 0 ? await tagsOf(file, source, size, part(watch, 0, searched)) : chosen;
    let damaged = 0;
    await replaceFile(target, async (handle) => {
      const output = new TextOutput(handle);
      const rows = format === 'csv' ? csvRows(columns ?? []) : jsonRows(columns);
      await output.write(rows.head);
      for await (const record of records(source, size, part(watch, searched, 1))) {
        if (record === undefined) damaged++;
        else await output.write(rows.row(record));
      }
      await output.write(rows.foot);
      await output.finish();
    });
    return { leftOut: damaged === 0 ? [] : [damagedLines(file, damaged)] };
  });
}

/** A format, piece by piece. */
interface RowTexts {
  readonly head: string;
  row(record: RecordTexts): string;
  readonly foot: string;
}

function csvRows(columns: readonly string[]): RowTexts {
  return {
    head: `${columns.map(csvField).join(',')}\n`,
    row: (record) => `${columns.map((tag) => record.get(tag) ?? '').join(',')}\n`,
    foot: '',
  };
}

/** RFC 4180: what could be taken for the end of a field is quoted, and quotes are doubled. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param columns undefined: all that a row has */
function jsonRows(columns: readonly string[] | undefined): RowTexts {
  const wanted = columns && new Set(columns);
  let separator = '\n';
  return {
    head: '[',
    row: (record) => {
      const members = [...record].filter(([tag]) => wanted?.has(tag) ?? true);
      const text = members.map(([tag, value]) => `${JSON.stringify(tag)}:${value}`).join(',');
      const row = `${separator}{${text}}`;
      separator = ',\n';
      return row;
    },
    foot: '\n]\n',
  };
}

/** All tags, in the order in which they first come. */
async function tagsOf(
  file: string,
  source: FileHandle,
  size: number,
  watch: ExportWatch,
): Promise<string[]> {
  const found = new Set(always);
  for await (const record of records(source, size, watch)) {
    for (const tag of record?.keys() ?? []) found.add(tag);
    if (found.size > MAX_COLUMNS) {
      throw new UserError(
        `${file} has more than ${MAX_COLUMNS} tags, which no table can hold. Export it as JSON.`,
      );
    }
  }
  return [...found];
}

/**
 * The finished lines of the file; undefined for those that are no records.
 *
 * @param size where the file ended at the beginning: a row that is appended meanwhile is left out
 */
async function* records(
  source: FileHandle,
  size: number,
  { signal, progress }: ExportWatch,
): AsyncGenerator<RecordTexts | undefined> {
  let read = 0;
  for await (const { bytes, complete, number } of readLines(source)) {
    if (!complete || read >= size) return;
    // The length of a line that is too long to be held does not matter for progress.
    read += (bytes?.length ?? 0) + 1;
    if (number % 500 === 0) {
      signal.throwIfAborted();
      progress(Math.min(1, read / size));
      // Messages come in only between the lines.
      await new Promise((resolve) => setImmediate(resolve));
    }
    yield bytes && recordTexts(bytes);
  }
}

/** Passes the progress of a part of the work on as that of the whole. */
function part({ signal, progress }: ExportWatch, from: number, to: number): ExportWatch {
  return { signal, progress: (share) => progress(from + share * (to - from)) };
}

/** Gathers short texts and writes long ones. */
class TextOutput {
  private pieces: string[] = [];
  private length = 0;

  constructor(private readonly handle: FileHandle) {}

  async write(text: string): Promise<void> {
    this.pieces.push(text);
    this.length += text.length;
    if (this.length >= PIECE_CHARACTERS) await this.finish();
  }

  async finish(): Promise<void> {
    await writeFully(this.handle, Buffer.from(this.pieces.join('')));
    this.pieces = [];
    this.length = 0;
  }
}

function damagedLines(file: string, count: number): string {
  const name = basename(file);
  return count === 1
    ? `One line of ${name} is damaged and was left out.`
    : `${count} lines of ${name} are damaged and were left out.`;
}

import type { FileHandle } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { ScalarRecord } from '../shared/runFolder';
import { AppendFile } from './appendFile';
import { replaceFile, writeFully } from './atomicFile';
import { isMissing } from './diskErrors';
import { type Line, readLines } from './lines';
import { withFileForReading } from './regularFile';
import { withoutIdleDigits } from './scalarDigits';

const recordSchema = z.catchall(
  z.object({ step: z.int().check(z.minimum(0)), time: z.number() }),
  z.number(),
);

export interface Scalars {
  readonly records: ScalarRecord[];
  /** Whether the file ends in a line that was not finished: its writer was killed or still writes. */
  readonly torn: boolean;
  /** Numbers, from 1, of finished lines that are no records; they were skipped. */
  readonly damaged: readonly number[];
}

/**
 * Reads `scalars.jsonl`, also while a trainer appends to it.
 *
 * @throws UserError where the file system refuses
 */
export async function readScalars(file: string): Promise<Scalars> {
  return withFileForReading(file, async (handle) => {
    const records: ScalarRecord[] = [];
    const damaged: number[] = [];
    let torn = false;
    for await (const line of readLines(handle)) {
      const record = parseRecord(line);
      if (!line.complete) torn = true;
      else if (record === undefined) damaged.push(line.number);
      else records.push(record);
    }
    return { records, torn, damaged };
  });
}

/** Appends records to `scalars.jsonl`; a record whose `append` returned outlives kill -9. */
export class ScalarWriter {
  private constructor(private readonly file: AppendFile) {}

  /**
   * Opens the file, or makes it. A torn last line is removed first.
   *
   * @param options.dropAfterStep the step of the checkpoint that a run resumes from: later records
   *   are removed, because the run will log these steps again
   * @throws UserError where the file system refuses; the file is then as it was
   */
  static async open(
    file: string,
    options: { readonly dropAfterStep?: number } = {},
  ): Promise<ScalarWriter> {
    await repair(file, options.dropAfterStep ?? Infinity);
    return new ScalarWriter(AppendFile.open(file));
  }

  /**
   * Appends a record, without the digits that mean nothing (see `withoutIdleDigits`).
   *
   * @throws Error for a value that JSON cannot hold (NaN, Infinity); names its tag
   * @throws UserError where the file system refuses; nothing of the record is left in the file
   */
  append(record: ScalarRecord): void {
    for (const [tag, value] of Object.entries(record)) {
      if (Number.isFinite(value)) continue;
      throw new Error(`Scalar ${tag} of step ${record.step} is ${value}.`);
    }
    this.file.append(Buffer.from(`${JSON.stringify(withoutIdleDigits(record))}\n`));
  }

  /** Forces the records to the disk, so that they also outlive a power cut. */
  sync(): Promise<void> {
    return this.file.sync();
  }

  close(): void {
    this.file.close();
  }
}

/**
 * Copies the records of a run up to a step for another run that goes on from there; also while a
 * trainer appends to the file. A missing file is no records.
 *
 * @throws UserError where the file system refuses
 */
export async function copyScalars(from: string, to: string, lastStep: number): Promise<void> {
  try {
    await withFileForReading(from, (source) => writeKept(source, to, lastStep));
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
}

/** Leaves only finished lines that do not come after `lastStep`; touches nothing if all are such. */
async function repair(file: string, lastStep: number): Promise<void> {
  if (!(await needsRepair(file, lastStep))) return;
  await withFileForReading(file, (source) => writeKept(source, file, lastStep));
}

async function writeKept(source: FileHandle, file: string, lastStep: number): Promise<void> {
  await replaceFile(file, async (target) => {
    for await (const line of keptLines(readLines(source), lastStep)) {
      await writeFully(target, line);
    }
  });
}

async function needsRepair(file: string, lastStep: number): Promise<boolean> {
  try {
    return await withFileForReading(file, async (handle) => {
      for await (const line of readLines(handle)) {
        if (!line.complete || isAfter(line, lastStep)) return true;
      }
      return false;
    });
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}

/**
 * A damaged line has no step: it stays where it stands before the first removed line, so that a
 * person may mend it, and goes with the lines after that. One too long to be held goes always.
 */
async function* keptLines(lines: AsyncIterable<Line>, lastStep: number): AsyncGenerator<Buffer> {
  let removed = false;
  for await (const line of lines) {
    const after = isAfter(line, lastStep);
    removed ||= after;
    const damaged = parseRecord(line) === undefined;
    if (!line.complete || line.bytes === undefined || after || (damaged && removed)) continue;
    yield Buffer.concat([line.bytes, Buffer.from('\n')]);
  }
}

function isAfter(line: Line, lastStep: number): boolean {
  const record = parseRecord(line);
  return record !== undefined && record.step > lastStep;
}

function parseRecord(line: Line): ScalarRecord | undefined {
  if (line.bytes === undefined) return undefined;
  try {
    const parsed = recordSchema.safeParse(JSON.parse(line.bytes.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not JSON: the caller counts the line.
    return undefined;
  }
}

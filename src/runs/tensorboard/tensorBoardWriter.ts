import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppendFile } from '../appendFile';
import { explainingDiskErrors } from '../diskErrors';
import { type Event, type SummaryValue, encodeEvent } from './eventProto';
import { histogramOf } from './histogram';
import { encodeRecord } from './tfRecord';

const eventsFile = /^events\.out\.tfevents\.(\d{1,15})\./;

/** Whether a file name is that of an events file of a run. */
export function isEventsFile(name: string): boolean {
  return eventsFile.test(name);
}

/**
 * Writes the events file of a run for TensorBoard. Each call is one record, written at once, so a
 * killed trainer leaves at most one torn record; TensorBoard passes over that and goes on with the
 * next file.
 */
export class TensorBoardWriter {
  private constructor(private readonly file: AppendFile) {}

  /**
   * Starts a new events file in a run folder; TensorBoard reads all of a folder in order of their
   * names.
   *
   * @param options.dropAfterStep the step of the checkpoint that a run resumes from: TensorBoard
   *   forgets later values of older files, because the run will log these steps again
   * @throws UserError where the file system refuses
   */
  static async open(
    folder: string,
    options: { readonly dropAfterStep?: number } = {},
  ): Promise<TensorBoardWriter> {
    const wallTime = Date.now() / 1000;
    const file = AppendFile.open(join(folder, await nextName(folder, wallTime)), true);
    const writer = new TensorBoardWriter(file);
    writer.write({ wallTime, step: 0, content: { kind: 'version' } });
    if (options.dropAfterStep !== undefined) {
      writer.write({ wallTime, step: options.dropAfterStep + 1, content: { kind: 'start' } });
    }
    return writer;
  }

  /**
   * @param wallTime seconds since 1970
   * @param values by tag; TensorBoard keeps them as float32
   */
  scalars(step: number, wallTime: number, values: Readonly<Record<string, number>>): void {
    const summary = Object.entries(values).map(([tag, value]): SummaryValue => ({
      kind: 'scalar',
      tag,
      value,
    }));
    this.write({ wallTime, step, content: { kind: 'summary', values: summary } });
  }

  /** @param png bytes of an RGB PNG of this width and height */
  image(step: number, tag: string, png: Uint8Array, width: number, height: number): void {
    this.summary(step, { kind: 'image', tag, png, width, height });
  }

  /** @throws Error for no values, NaN or Infinity; names the tag */
  histogram(step: number, tag: string, values: ArrayLike<number>): void {
    try {
      this.summary(step, { kind: 'histogram', tag, histogram: histogramOf(values) });
    } catch (thrown) {
      throw thrown instanceof RangeError
        ? new Error(`${tag} of step ${step}: ${thrown.message}`, { cause: thrown })
        : thrown;
    }
  }

  /** @param markdown shown by TensorBoard's text page */
  text(step: number, tag: string, markdown: string): void {
    this.summary(step, { kind: 'text', tag, markdown });
  }

  /** Forces the events to the disk, so that they also outlive a power cut. */
  flush(): Promise<void> {
    return this.file.sync();
  }

  close(): void {
    this.file.close();
  }

  private summary(step: number, value: SummaryValue): void {
    const content = { kind: 'summary', values: [value] } as const;
    this.write({ wallTime: Date.now() / 1000, step, content });
  }

  private write(event: Event): void {
    this.file.append(encodeRecord(encodeEvent(event)));
  }
}

/** A name that sorts after every events file of the folder, also within the same second. */
async function nextName(folder: string, wallTime: number): Promise<string> {
  const names = await explainingDiskErrors('read', folder, () => readdir(folder));
  const seconds = names.map((name) => Number(eventsFile.exec(name)?.[1] ?? 0) + 1);
  const stamp = String(Math.max(Math.floor(wallTime), ...seconds)).padStart(10, '0');
  const host = hostname().replace(/[^\w-]/g, '-');
  return `events.out.tfevents.${stamp}.${host}.${process.pid}.0`;
}

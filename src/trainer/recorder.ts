import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { StepScalars } from '../gan/trainingStep';
import { sampleFile } from '../runs/checkpoints';
import { explainingDiskErrors } from '../runs/diskErrors';
import { writeGrid, type ImageBatch } from '../runs/sampleGrid';
import { ScalarWriter } from '../runs/scalars';
import { TensorBoardWriter } from '../runs/tensorboard/tensorBoardWriter';
import type { TrainConfig } from '../shared/config';
import { runFile, type RunIdentity, type RunState, type ScalarRecord } from '../shared/runFolder';
import type { RunWriter } from './writer/runWriter';

const PROGRESS_INTERVAL_MS = 1_000;

/** Writes what a trainer has to say into the run folder; nobody else writes there. */
export class Recorder {
  private writtenAt = 0;
  /** The newest replacement of run.json; a failure of it meets the next one. */
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    readonly folder: string,
    private identity: RunIdentity,
    private readonly writer: RunWriter,
    private readonly scalars: ScalarWriter,
    private readonly events: TensorBoardWriter,
  ) {}

  /**
   * Opens the logs of a run. Folders that a copy of an early run lost, because they were empty,
   * are made again.
   *
   * @param resumedFrom step of the checkpoint, or undefined at the beginning; later lines are
   *   dropped, they will be logged again
   */
  static async open(
    folder: string,
    identity: RunIdentity,
    writer: RunWriter,
    config: TrainConfig,
    resumedFrom: number | undefined,
  ): Promise<Recorder> {
    for (const name of [runFile.samples, runFile.checkpoints]) {
      const part = path.join(folder, name);
      await explainingDiskErrors('create', part, () => mkdir(part, { recursive: true }));
    }
    // A run that was killed before its first checkpoint has lines, too.
    const from = { dropAfterStep: resumedFrom ?? 0 };
    const scalars = await ScalarWriter.open(path.join(folder, runFile.scalars), from);
    const events = await TensorBoardWriter.open(folder, from);
    if (resumedFrom === undefined) {
      events.text(0, 'config', `\`\`\`json\n${JSON.stringify(config, null, 2)}\n\`\`\``);
    }
    return new Recorder(folder, identity, writer, scalars, events);
  }

  /** One log line, also for TensorBoard. */
  log(step: number, values: StepScalars): void {
    const time = Date.now() / 1000;
    const record: ScalarRecord = { step, time, ...values };
    this.scalars.append(record);
    this.events.scalars(step, time, values);
    const sigmas = Object.entries(values).filter(([tag]) => tag.startsWith('sigma/'));
    if (sigmas.length > 0) {
      this.events.histogram(
        step,
        'sigma',
        sigmas.map(([, sigma]) => sigma),
      );
    }
  }

  /** One sample grid. Returns its path. */
  async sample(step: number, images: ImageBatch): Promise<string> {
    const file = sampleFile(this.folder, step);
    const { png, width, height } = await writeGrid(file, images);
    this.events.image(step, 'samples', png, width, height);
    return file;
  }

  /**
   * Writes progress into run.json, at most once a second. Nobody waits for it: forcing it to the
   * disk takes 10 ms.
   *
   * @throws what made the last writing of it fail
   */
  async progress(progress: RunIdentity['progress']): Promise<void> {
    this.identity = { ...this.identity, progress };
    if (Date.now() - this.writtenAt < PROGRESS_INTERVAL_MS) return;
    await this.writing;
    void this.replaceIdentity();
  }

  /** Changes run.json. */
  async update(change: Partial<RunIdentity>): Promise<void> {
    this.identity = { ...this.identity, ...change };
    await this.writing;
    await this.replaceIdentity();
  }

  private replaceIdentity(): Promise<void> {
    this.writtenAt = Date.now();
    this.writing = this.writer.writeIdentity(this.identity);
    // It meets whoever comes next.
    this.writing.catch(() => undefined);
    return this.writing;
  }

  /** Changes the run's state at a step that need not be logged; `reason`: why, in one sentence. */
  async setState(
    state: RunState,
    progress: RunIdentity['progress'],
    reason?: string,
  ): Promise<void> {
    const { reason: before, ...rest } = this.identity;
    this.identity = rest;
    await this.update({ state, progress, ...(reason === undefined ? {} : { reason }) });
  }

  /** Steps from one line with exact values to the next; 0: at sample grids only. */
  get exactEvery(): number {
    return this.identity.exactEvery ?? 0;
  }

  get state(): RunState {
    return this.identity.state;
  }

  /** Forces what was logged so far to the disk. */
  async flush(): Promise<void> {
    await Promise.all([this.scalars.sync(), this.events.flush()]);
  }

  /** Nothing is written afterwards, into run.json neither. */
  async close(): Promise<void> {
    await this.writing.catch(() => undefined);
    this.scalars.close();
    this.events.close();
  }
}

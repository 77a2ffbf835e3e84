import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Retention } from '../../runs/checkpoints';
import { bundleFolder } from '../../runtime/bundleFolder';
import type { RunIdentity } from '../../shared/runFolder';
import { messageOf, UserError } from '../../shared/userError';
import { errorOf, type CheckpointValues, type FromWriter, type WritingTask } from './protocol';
import type { CheckpointContents } from './writeCheckpoint';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** A checkpoint that is being written. */
export interface CheckpointWriting {
  /** Hands over the values of the next array; they are no longer the caller's. */
  add(values: Float32Array): void;
  /** All are there: the file may appear. */
  end(): void;
  /** The rest will not come: what was written is removed. */
  abandon(): void;
  /** Resolves when the file is complete and on the disk; rejects with why there will be none. */
  readonly written: Promise<void>;
}

/** The thread that writes into the folder of a run, see `thread.ts`. */
export class RunWriter {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private tasks = 0;
  private ended: Error | undefined;

  /** @param program the thread's bundle; tests put others in its place */
  constructor(
    private readonly folder: string,
    program = path.join(bundleFolder, 'runWriter.cjs'),
  ) {
    this.worker = new Worker(program);
    this.worker.on('message', ({ id, refused }: FromWriter) => {
      const { resolve, reject } = this.waiting.get(id) ?? {};
      this.waiting.delete(id);
      if (refused) reject?.(errorOf(refused));
      else resolve?.();
    });
    this.worker.on('error', (error) => this.lose(messageOf(error)));
    this.worker.on('exit', () => this.lose('it ended'));
  }

  /**
   * Replaces run.json. Calls must follow each other.
   *
   * @throws UserError where the file system refuses
   */
  writeIdentity(identity: RunIdentity): Promise<void> {
    return this.begin({ type: 'identity', folder: this.folder, identity }).done;
  }

  /** Begins a checkpoint, whose values the caller then hands over. */
  writeCheckpoint(
    file: string,
    contents: CheckpointContents,
    retention: Retention,
  ): CheckpointWriting {
    const { folder } = this;
    const { id, done } = this.begin({ type: 'checkpoint', folder, file, contents, retention });
    const post = (message: CheckpointValues, transferred: ArrayBuffer[] = []): void =>
      this.worker.postMessage({ id, ...message }, transferred);
    return {
      add: (values) => post({ type: 'array', values }, [values.buffer as ArrayBuffer]),
      end: () => post({ type: 'end' }),
      abandon: () => post({ type: 'abandon' }),
      written: done,
    };
  }

  /** Ends the thread; nothing must be under way. */
  async close(): Promise<void> {
    this.ended ??= new Error('The writer is closed.');
    await this.worker.terminate();
  }

  private begin(task: WritingTask): { id: number; done: Promise<void> } {
    const id = this.tasks++;
    const done = new Promise<void>((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...task });
    });
    // Whoever waits for it later is told as well; nobody is no defect.
    done.catch(() => undefined);
    return { id, done };
  }

  /** Without the thread nothing can be stored any more: whoever waits is told, now and later. */
  private lose(why: string): void {
    this.ended ??= new UserError(
      `The thread that writes into ${this.folder} was lost (${why}); resume the run.`,
    );
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}

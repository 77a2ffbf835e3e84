import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BatchSource } from '../../data/batches';
import { bundleFolder } from '../../runtime/bundleFolder';
import type { TrainConfig } from '../../shared/config';
import { messageOf, UserError } from '../../shared/userError';
import { inputArrays } from './inputArrays';
import type { InputSource } from './inputSource';

/** What the thread is given when it starts. */
export interface InputsTask {
  readonly config: TrainConfig;
  /** Its images lie in shared memory: a set may have gigabytes, and is not copied. */
  readonly set: BatchSource;
  readonly memories: readonly SharedArrayBuffer[];
}

/** To the thread: make the inputs of a step in one of the memories. It answers with the same. */
export interface InputsRequest {
  readonly index: number;
  readonly slot: number;
}

/** One step's arrays are in use while the next one's are made. */
const SLOTS = 2;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Inputs from a thread that makes those of the next step while the present one is computed: a
 * native call keeps the main thread busy, so nothing on it could.
 */
export class InputsAhead implements InputSource {
  private readonly slots;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  /** The step that is made ahead, and when it is there. */
  private ahead: { readonly index: number; readonly made: Promise<void> } | undefined;
  private lost: Error | undefined;

  /** @param program the thread's bundle; tests put others in its place */
  constructor(
    private readonly config: TrainConfig,
    { images, count, size }: BatchSource,
    program = path.join(bundleFolder, 'inputs.cjs'),
  ) {
    this.slots = Array.from({ length: SLOTS }, () => inputArrays(config));
    const memories = this.slots.map(({ memory }) => memory);
    const workerData: InputsTask = { config, set: { images, count, size }, memories };
    this.worker = new Worker(program, { workerData });
    this.worker.on('message', ({ index }: InputsRequest) => {
      this.waiting.get(index)?.resolve();
      this.waiting.delete(index);
    });
    this.worker.on('error', (error) => this.lose(messageOf(error)));
    this.worker.on('exit', () => this.lose('it ended'));
  }

  async inputs(index: number): ReturnType<InputSource['inputs']> {
    const { made } = this.ahead?.index === index ? this.ahead : { made: this.request(index) };
    await made;
    const next = index + 1;
    this.ahead = next < this.config.steps ? { index: next, made: this.request(next) } : undefined;
    return this.slots[index % SLOTS].arrays;
  }

  async close(): Promise<void> {
    this.lost ??= new Error('The inputs are closed.');
    await this.worker.terminate();
  }

  private request(index: number): Promise<void> {
    const made = new Promise<void>((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.waiting.set(index, { resolve, reject });
      this.worker.postMessage({ index, slot: index % SLOTS } satisfies InputsRequest);
    });
    // It meets whoever asks for this step.
    made.catch(() => undefined);
    return made;
  }

  private lose(why: string): void {
    this.lost ??= new UserError(
      `The thread that prepares the training images was lost (${why}); resume the run.`,
    );
    for (const { reject } of this.waiting.values()) reject(this.lost);
    this.waiting.clear();
  }
}

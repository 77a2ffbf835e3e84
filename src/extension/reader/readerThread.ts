import { Worker } from 'node:worker_threads';
import type { Rows } from '../../shared/dashboard';
import { messageOf } from '../../shared/userError';
import type { FromReader, ReadRun, ThreadTask, ToReader } from './protocol';

/** How long the thread stays when nobody reads: moving a dashboard closes and opens it. */
const LINGER_MS = 5000;
/** A thread that ended this often within the time ends by itself and is not started again. */
const MAX_CRASHES = 3;
const CRASH_PERIOD_MS = 60_000;
/** Far above what reading takes; a thread that leaks dies instead of the window. */
const MAX_HEAP_MB = 1024;

/** What becomes of a run that is read. Nothing is called after the reading was closed. */
export interface RunListener {
  /** The first time before any rows, then at every change. */
  run(run: ReadRun): void;
  /** The next chunk comes when the promise is fulfilled; chunks from 0 replace what was there. */
  rows(rows: Rows): PromiseLike<unknown>;
  /** The folder is no run, in one sentence; it may become one. */
  unreadable(why: string): void;
}

/** A run that is being read. */
export interface Reading {
  close(): void;
}

/** Where the thread's end is written down. */
export interface ThreadLog {
  error(message: string): void;
}

interface OpenReading {
  readonly folder: string;
  readonly listener: RunListener;
}

/**
 * The one thread of a window that reads run folders. It runs while a run is open and a little
 * longer. If it crashes it is started again and everything that is open is read anew.
 */
export class ReaderThread {
  private worker: Worker | undefined;
  private readonly open = new Map<number, OpenReading>();
  private nextId = 1;
  private linger: NodeJS.Timeout | undefined;
  private crashes: number[] = [];

  /**
   * @param script path of the thread's bundle
   * @param lingerMs how long it stays when nothing is open
   */
  constructor(
    private readonly script: string,
    private readonly log: ThreadLog,
    private readonly lingerMs = LINGER_MS,
  ) {}

  /** Whether the thread lives; for tests. */
  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  /** Starts the thread where a run is going to be read in a moment. */
  warmUp(): void {
    this.start();
    this.lingerIfIdle();
  }

  /** Reads a run from its first row on, and goes on while it grows. */
  read(folder: string, listener: RunListener): Reading {
    const id = this.nextId++;
    this.open.set(id, { folder, listener });
    clearTimeout(this.linger);
    this.start().postMessage({ type: 'open', id, folder } satisfies ToReader);
    return { close: () => this.closeReading(id) };
  }

  dispose(): void {
    this.open.clear();
    clearTimeout(this.linger);
    this.stop();
  }

  private closeReading(id: number): void {
    if (!this.open.delete(id)) return;
    this.worker?.postMessage({ type: 'close', id } satisfies ToReader);
    this.lingerIfIdle();
  }

  private lingerIfIdle(): void {
    clearTimeout(this.linger);
    if (this.open.size > 0) return;
    this.linger = setTimeout(() => this.stop(), this.lingerMs);
    // A process that has nothing else to do need not wait for it.
    this.linger.unref();
  }

  private start(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = new Worker(this.script, {
      name: 'SN-GAN run reader',
      // Options of this process may be forbidden to threads.
      execArgv: [],
      workerData: { type: 'read' } satisfies ThreadTask,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    let why = 'it ended by itself';
    worker.on('message', (message: FromReader) => this.hear(worker, message));
    worker.on('error', (thrown) => (why = messageOf(thrown)));
    worker.on('exit', () => {
      if (this.worker === worker) this.recover(why);
    });
    this.worker = worker;
    return worker;
  }

  private stop(): void {
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
  }

  private hear(worker: Worker, message: FromReader): void {
    const reading = this.open.get(message.id);
    if (reading === undefined || worker !== this.worker) return;
    const { listener } = reading;
    switch (message.type) {
      case 'run':
        listener.run(message.run);
        return;
      case 'rows': {
        const taken = (): void =>
          worker.postMessage({ type: 'taken', id: message.id } satisfies ToReader);
        // A page that went away takes nothing; its reading is closed then.
        listener.rows(message.rows).then(taken, taken);
        return;
      }
      case 'unreadable':
        listener.unreadable(message.why);
        return;
    }
  }

  private recover(why: string): void {
    this.worker = undefined;
    const now = performance.now();
    this.crashes = [...this.crashes, now].filter((time) => now - time < CRASH_PERIOD_MS);
    if (this.crashes.length >= MAX_CRASHES) {
      this.log.error(`The reader of run folders has crashed ${MAX_CRASHES} times: ${why}.`);
      this.giveUp(why);
      return;
    }
    this.log.error(`The reader of run folders has crashed (${why}) and is started again.`);
    for (const [id, { folder }] of this.open) {
      this.start().postMessage({ type: 'open', id, folder } satisfies ToReader);
    }
  }

  private giveUp(why: string): void {
    const readings = [...this.open.values()];
    this.open.clear();
    this.crashes = [];
    for (const { folder, listener } of readings) {
      listener.unreadable(
        `${folder} cannot be read: the reader has crashed several times (${why}). Close the dashboard and open it again; the log says more.`,
      );
    }
  }
}

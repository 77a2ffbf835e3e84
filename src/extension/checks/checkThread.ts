import { Worker } from 'node:worker_threads';
import { UserError } from '../../shared/userError';
import type { Answer, Call, Checks } from './protocol';

/** A thread that nobody asks anything for so long ends, and frees what its libraries take. */
const LINGER_MS = 30_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (thrown: unknown) => void;
}

/** Asks a thread of its own, which is started at the first call and ends when it is idle. */
export class CheckThread implements Checks {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private linger: NodeJS.Timeout | undefined;

  /**
   * @param program path of the thread's bundle
   * @param lingerMs how long it waits for another call
   */
  constructor(
    private readonly program: string,
    private readonly lingerMs = LINGER_MS,
  ) {}

  readonly readConfig: Checks['readConfig'] = (...args) => this.call('readConfig', args);
  readonly checkConfigText: Checks['checkConfigText'] = (...args) =>
    this.call('checkConfigText', args);
  readonly completeConfigText: Checks['completeConfigText'] = (...args) =>
    this.call('completeConfigText', args);
  readonly lookAtImages: Checks['lookAtImages'] = (...args) => this.call('lookAtImages', args);

  /** Whether the thread lives; for tests. */
  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  /** Ends the thread; calls that wait are refused. */
  dispose(): void {
    this.end(new Error('The extension has been closed.'));
  }

  private call<Method extends keyof Checks>(
    method: Method,
    args: Parameters<Checks[Method]>,
  ): ReturnType<Checks[Method]> {
    clearTimeout(this.linger);
    const id = this.nextId++;
    const answered = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    const sent: Call = { id, method, args };
    (this.worker ??= this.start()).postMessage(sent);
    return answered as ReturnType<Checks[Method]>;
  }

  private start(): Worker {
    const worker = new Worker(this.program);
    worker.unref();
    worker.on('message', (answer: Answer) => this.receive(answer));
    const fail = (thrown: Error): void => {
      if (this.worker === worker) this.end(thrown);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('The thread that checks configs has ended.')));
    return worker;
  }

  private receive(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('value' in answer) waiting?.resolve(answer.value);
    else if ('refusal' in answer) waiting?.reject(new UserError(answer.refusal));
    else waiting?.reject(new Error(answer.defect));
    if (this.waiting.size > 0) return;
    clearTimeout(this.linger);
    this.linger = setTimeout(() => this.end(new Error('idle')), this.lingerMs).unref();
  }

  private end(why: Error): void {
    clearTimeout(this.linger);
    const { worker } = this;
    this.worker = undefined;
    const refused = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of refused) reject(why);
    void worker?.terminate();
  }
}

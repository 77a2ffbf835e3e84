import type { Logger } from '../runs/log';
import { CommandQueue } from './commandQueue';

/**
 * The request to stop that comes by a signal or because the owner has gone. While training is
 * being prepared it ends the preparation; afterwards it waits in the queue for the loop.
 */
export class StopRequest {
  /** The commands of this trainer; the stop goes the same way as those of clients. */
  readonly commands = new CommandQueue();
  private readonly controller = new AbortController();

  constructor(private readonly log: Logger) {}

  /** Aborted once a stop was requested. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Requests the stop; repeated requests change nothing. */
  make(cause: string): void {
    if (this.signal.aborted) return;
    this.log.info(`${cause}: stopping after this step.`);
    this.commands
      .push('stop')
      .catch((thrown: unknown) => this.log.error('The stop failed.', thrown));
    this.controller.abort();
  }

  /** The result of `work`, or the signal's reason where the stop is requested first. */
  unlessMade<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      work.then(resolve, reject);
    });
  }

  /** Whether something was thrown for no other reason than this request. */
  isCauseOf(thrown: unknown): boolean {
    return this.signal.aborted && thrown === this.signal.reason;
  }
}

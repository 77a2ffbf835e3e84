/**
 * Does a job soon after it was asked for: at once where it rested long enough, never twice at the
 * same time, and once for all that was asked for while it could not be done.
 */
export class Pace {
  private asked = false;
  private urgent = false;
  private busy = false;
  private closed = false;
  private last = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param job handles its errors; what it throws becomes an unhandled rejection
   * @param interval least milliseconds between the beginnings of two jobs
   */
  constructor(
    private readonly job: () => Promise<void>,
    private readonly interval: number,
  ) {}

  /** @param urgent whether the job need not rest before */
  ask(urgent = false): void {
    this.asked = true;
    this.urgent ||= urgent;
    if (this.busy || this.closed) return;
    const wait = this.urgent ? 0 : this.last + this.interval - performance.now();
    if (wait <= 0) void this.work();
    else this.timer ??= setTimeout(() => void this.work(), wait);
  }

  /** Nothing is begun any more. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async work(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asked = this.urgent = false;
    this.busy = true;
    this.last = performance.now();
    try {
      await this.job();
    } finally {
      this.busy = false;
    }
    if (this.asked) this.ask();
  }
}

/** Arrays that come one after the other, for somebody who takes them at another speed. */
export class ArrivingValues implements AsyncIterable<Float32Array> {
  private readonly held: Float32Array[] = [];
  private ended = false;
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  add(values: Float32Array): void {
    this.held.push(values);
    this.wake?.();
  }

  /** No more will come. */
  end(): void {
    this.ended = true;
    this.wake?.();
  }

  /** Whoever takes them gets this instead of the rest. */
  abandon(reason: Error): void {
    this.failure = reason;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Float32Array> {
    for (;;) {
      if (this.failure) throw this.failure;
      const next = this.held.shift();
      if (next) yield next;
      else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

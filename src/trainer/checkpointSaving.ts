import type { CheckpointSnapshot } from './checkpointSnapshot';
import type { CheckpointWriting } from './writer/runWriter';

/** One checkpoint on its way to the disk. */
export class CheckpointSaving {
  /** Whether training cannot go on without it. */
  required = false;
  /** Resolves to its path when the file is complete; rejects with why there will be none. */
  readonly saved: Promise<string>;
  private settled: { readonly failure?: unknown } | undefined;
  private readonly pieces: AsyncGenerator<Float32Array | undefined, void>;
  private read = false;
  /** Why the rest was not handed over. */
  private abandoned: { readonly thrown: unknown } | undefined;

  /**
   * @param earlier resolves when everything is on the disk that must be there before this file is
   */
  constructor(
    readonly step: number,
    file: string,
    private readonly snapshot: CheckpointSnapshot,
    private readonly writing: CheckpointWriting,
    private readonly earlier: () => Promise<void>,
  ) {
    this.pieces = snapshot.read();
    this.saved = writing.written.then(
      () => file,
      (thrown: unknown) => {
        throw this.abandoned ? this.abandoned.thrown : thrown;
      },
    );
    this.saved.then(
      () => this.settle({}),
      (failure: unknown) => this.settle({ failure }),
    );
  }

  /** Set when the file is complete, or when there will be none. */
  get outcome(): { readonly failure?: unknown } | undefined {
    return this.settled;
  }

  /** Reads the state until it is read, or for so many milliseconds. */
  async advance(milliseconds: number): Promise<void> {
    const ends = performance.now() + milliseconds;
    try {
      while (!this.read && !this.settled && performance.now() < ends) {
        const { done, value } = await this.pieces.next();
        if (done) this.end();
        else if (value) this.writing.add(value);
      }
    } catch (thrown) {
      this.abandon(thrown);
    }
  }

  /** Saves the rest at once. Resolves also where that fails. */
  async complete(): Promise<void> {
    await this.advance(Infinity);
    await this.saved.catch(() => undefined);
  }

  /** Training goes on while the thread waits for what belongs on the disk before. */
  private end(): void {
    this.read = true;
    this.snapshot.dispose();
    this.earlier().then(
      () => this.writing.end(),
      (thrown: unknown) => this.abandon(thrown),
    );
  }

  private abandon(thrown: unknown): void {
    this.read = true;
    this.abandoned = { thrown };
    this.writing.abandon();
  }

  private settle(outcome: { readonly failure?: unknown }): void {
    this.settled = outcome;
    void this.pieces.return(undefined);
    this.snapshot.dispose();
  }
}

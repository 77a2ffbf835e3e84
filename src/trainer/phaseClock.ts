/** What a step's time is spent on. */
export type Phase = 'data' | 'update' | 'log' | 'exact' | 'sample' | 'checkpoint';

/** Adds up wall time by phase between two log lines. */
export class PhaseClock {
  private readonly spent = new Map<Phase, number>();
  private steps = 0;
  private started = performance.now();

  /** Runs `work` and books its time; nested phases are booked twice, so do not nest. */
  async time<T>(phase: Phase, work: () => Promise<T> | T): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.spent.set(phase, (this.spent.get(phase) ?? 0) + performance.now() - start);
    }
  }

  /** Counts a finished step. */
  tick(): void {
    this.steps++;
  }

  /** Milliseconds per step and phase, and per step in all, since the last call. */
  lap(): { byPhase: Record<string, number>; perStep: number } {
    const steps = Math.max(1, this.steps);
    const byPhase = Object.fromEntries(
      [...this.spent].map(([phase, milliseconds]) => [phase, milliseconds / steps]),
    );
    const perStep = (performance.now() - this.started) / steps;
    this.restart();
    return { byPhase, perStep };
  }

  /** Forgets what was booked: after a pause, which is nobody's time. */
  restart(): void {
    this.spent.clear();
    this.steps = 0;
    this.started = performance.now();
  }
}

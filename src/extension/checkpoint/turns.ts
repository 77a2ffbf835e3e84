import type { Subscription } from '../emitter';

/** Begins a piece of work, which says when it is done; to dispose of the result ends it early. */
export type Begin = (done: () => void) => Subscription;

/** Lets a few pieces of work run at once; the others wait in the order in which they came. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param limit how many may run at once */
  constructor(private readonly limit: number) {}

  /** Runs something when it is its turn. */
  take(begin: Begin): Subscription {
    let over = false;
    let begun: Subscription | undefined;
    const run = (): void => {
      this.running++;
      begun = begin(finish);
    };
    const finish = (): void => {
      if (over) return;
      over = true;
      this.running--;
      this.waiting.shift()?.();
    };
    if (this.running < this.limit) run();
    else this.waiting.push(run);
    return {
      dispose: () => {
        if (over) return;
        const place = this.waiting.indexOf(run);
        if (place >= 0) {
          over = true;
          this.waiting.splice(place, 1);
          return;
        }
        begun?.dispose();
        finish();
      },
    };
  }
}

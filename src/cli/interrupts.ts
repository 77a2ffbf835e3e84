/**
 * One press of Ctrl-C can arrive twice: from the terminal, and passed on by the npm or npx that
 * started this process. What follows sooner than this belongs to the same press.
 */
const SAME_PRESS_MS = 500;

/** What to do at the signals that ask a process to end. */
export interface InterruptActions {
  /** The first one, whichever signal it is. */
  readonly first: (signal: NodeJS.Signals) => void;
  /** A later Ctrl-C or SIGTERM. A lost terminal can say so several times without anybody's haste. */
  readonly again: () => void;
}

/** Takes the signals over; the function that it returns gives them back. */
export function onInterrupts({ first, again }: InterruptActions): () => void {
  let firstAt: number | undefined;
  const act = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      first(signal);
      return;
    }
    if (signal !== 'SIGHUP' && now - firstAt > SAME_PRESS_MS) again();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, act);
  return () => {
    for (const signal of signals) process.off(signal, act);
  };
}

/** What long work calls with how much it has done since, in multiplications; see {@link paced}. */
export type Pace = (work: number) => void;

/** About 15 ms of multiplications. */
const SPELL = 2 ** 25;

/**
 * Calls `check` about every 20 ms of work, and never twice in a moment: however small the pieces
 * are in which the work is done. What `check` throws ends the work.
 */
export function paced(check: (() => void) | undefined): Pace {
  if (!check) return () => undefined;
  let done = 0;
  return (work) => {
    done += work;
    if (done < SPELL) return;
    done = 0;
    check();
  };
}

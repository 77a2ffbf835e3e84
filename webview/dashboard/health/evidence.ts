import type { RunView } from '../../../src/shared/dashboard';
import type { RunColumns } from '../columns';

/** Everything that health is judged by. */
export interface Evidence {
  readonly view: RunView;
  readonly columns: RunColumns;
  /**
   * Seconds since something new was heard from the run, by this page's own clock: that of the
   * trainer's machine may differ.
   */
  readonly silence: number;
}

/** Something that is wrong with a run now. */
export interface Finding {
  /** Names the kind of finding, once in a list. */
  readonly kind: string;
  readonly severity: 'info' | 'warning' | 'error';
  /** Where it began; absent where no step can be named. */
  readonly step?: number;
  /** What is wrong; a whole sentence that names the step, too. */
  readonly sentence: string;
  /** What to try; a whole sentence. */
  readonly advice: string;
}

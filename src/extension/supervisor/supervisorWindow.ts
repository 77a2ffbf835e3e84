import type { ListedRun } from '../runs/listedRun';

/**
 * What the supervisor says to the person and asks: the part of it that is VS Code's, so that tests
 * can play it.
 */
export interface SupervisorWindow {
  /** Whether the workspace is trusted: an untrusted one watches and does not train. */
  trusted(): boolean;
  /** Shows that something is being waited for, in the corner where that disturbs nobody. */
  whileWaiting<T>(title: string, work: Promise<T>): Promise<T>;
  /** Something was done; shown for a few seconds. */
  say(sentence: string): void;
  /** Newer checkpoints that were passed over and the like; stays until dismissed. */
  warn(sentence: string): void;
  /** A training ended by itself: offers its log and its dashboard. */
  reportEnd(run: ListedRun, sentence: string): void;
  /**
   * The step to which a finished run shall be trained on.
   *
   * @returns undefined where the person thought better of it
   */
  askSteps(run: ListedRun): Promise<number | undefined>;
}

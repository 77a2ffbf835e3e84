import type { ListedRun } from './listedRun';

/** A run whose run.json cannot be read: shown all the same, so that nobody misses it. */
export interface BrokenRun {
  /** Path of its folder. */
  readonly folder: string;
  /** One sentence: what is wrong, and what to do. */
  readonly flaw: string;
}

/** Tells the two kinds of entries in a list apart. */
export function isBroken(found: ListedRun | BrokenRun): found is BrokenRun {
  return 'flaw' in found;
}

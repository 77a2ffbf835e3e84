import type { AnimationFormat, ScalarFormat } from '../../shared/dashboard';

/** What can be taken out of a run. */
export type ExportChoice =
  | {
      readonly kind: 'scalars';
      readonly format: ScalarFormat;
      /** Absent: all. */
      readonly tags?: readonly string[];
    }
  | { readonly kind: 'animation'; readonly format: AnimationFormat }
  | { readonly kind: 'grid'; readonly step: number };

/** What is to be taken out of which run, and the path of the file that it becomes. */
export type ExportRequest = ExportChoice & { readonly folder: string; readonly target: string };

/** Whoever waits for an export. */
export interface ExportWatch {
  /** Ends the export, which then throws the signal's reason and leaves nothing behind. */
  readonly signal: AbortSignal;
  /** Hears which share of the work is done, 0 to 1. */
  readonly progress: (share: number) => void;
}

/** A file that was made. */
export interface Exported {
  /** Sentences about what of the run is not in it. */
  readonly leftOut: readonly string[];
}

import type { TrainConfig } from './config';
import type { FromEveryPage } from './pageMessages';
import type { Control, RunAction } from './runActions';
import type { Annotations, RunIdentity, RunStatus } from './runFolder';

/**
 * What the extension and a dashboard say to each other. A hidden page does not exist: whenever one
 * is shown it says `ready` and gets everything anew. Snapshots replace what the page knew; only
 * `rows` append, and a page that missed some asks with `resync`.
 */

/** Everything about a run except its curves; sent whole at every change. */
export interface RunView {
  /** Names the run in messages: the path of its folder. */
  readonly key: string;
  /** As the person named it, else as its config did. */
  readonly name: string;
  readonly status: RunStatus;
  readonly identity: RunIdentity;
  readonly annotations: Annotations;
  readonly control: Control;
  readonly actions: readonly RunAction[];
  /** Why the workspace may not train, in one sentence; absent where it may. */
  readonly restricted?: string;
  /** Why a dead run is dead, in one sentence; of others `identity.reason` tells. */
  readonly reason?: string;
  /** Of a run that failed or died: the last lines of its log. */
  readonly lastLogLines?: readonly string[];
  /** Absent where it cannot be read; `flaws` says why. */
  readonly config?: TrainConfig;
  /** Sentences about what cannot be read in the folder. */
  readonly flaws: readonly string[];
  /** Address of the run folder for images, without a slash at its end. */
  readonly baseUri: string;
  /** Steps of the sample grids, ascending; a grid is `samples/<stepStem(step)>.png`. */
  readonly samples: readonly number[];
  /** Steps of the checkpoints, ascending. */
  readonly checkpoints: readonly number[];
  /** Whether `real.png` is there. */
  readonly hasRealImages: boolean;
}

/**
 * Rows of `scalars.jsonl` as columns, in the order of the file; every array has one value per row.
 * A row that lacks a tag has NaN in its column; a tag that no row of the chunk has is left out.
 */
export interface Rows {
  /** Index of the first row; 0 replaces everything that the page has. */
  readonly from: number;
  /**
   * Rows that the file holds: more chunks follow until `from + steps.length` reaches it. Estimated
   * from the size of the file in all chunks but the last.
   */
  readonly total: number;
  readonly steps: Float64Array;
  /** Seconds since 1970. */
  readonly times: Float64Array;
  readonly columns: Readonly<Record<string, Float32Array>>;
}

export type ToDashboard =
  /** The answer to `ready`; a `run` and all `rows` of every key follow. */
  | {
      readonly type: 'init';
      /** The runs shown, the primary one first. */
      readonly keys: readonly string[];
      /** What the page last gave as `preferences`, in any dashboard. */
      readonly preferences: unknown;
      /** Translations for `@vscode/l10n`; absent where the display language is English. */
      readonly translations?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'run'; readonly run: RunView }
  | ({ readonly type: 'rows'; readonly key: string } & Rows)
  /** The runs shown have changed; what is known about the others is dropped. */
  | { readonly type: 'keys'; readonly keys: readonly string[] }
  /** One sentence to show until dismissed: something that was asked for did not work. */
  | { readonly type: 'problem'; readonly message: string };

export const figureFormats = ['png', 'svg'] as const;
export const scalarFormats = ['csv', 'json'] as const;
export const animationFormats = ['gif', 'apng'] as const;
export type ScalarFormat = (typeof scalarFormats)[number];
export type AnimationFormat = (typeof animationFormats)[number];

/** Places that a dashboard leads to. */
export const dashboardPlaces = [
  'config',
  'log',
  'folder',
  'tensorboard',
  'checkpoint',
  'problems',
] as const;
export type DashboardPlace = (typeof dashboardPlaces)[number];

export type FromDashboard =
  | FromEveryPage
  /** The page is loaded and listens. */
  | { readonly type: 'ready' }
  /** Rows were missed: send all of this run again. */
  | { readonly type: 'resync'; readonly key: string }
  | { readonly type: 'action'; readonly key: string; readonly action: RunAction }
  /** Compute exact norms every so many steps; 0: at sample grids only. */
  | { readonly type: 'exactEvery'; readonly key: string; readonly every: number }
  | {
      readonly type: 'open';
      readonly key: string;
      readonly place: DashboardPlace;
      /** Of the checkpoint that is meant. */
      readonly step?: number;
    }
  /** Let the person choose runs to compare with. */
  | { readonly type: 'addRuns' }
  | { readonly type: 'removeRun'; readonly key: string }
  /** Full resolution, from the file; of these tags, or of all. */
  | {
      readonly type: 'exportScalars';
      readonly key: string;
      readonly format: ScalarFormat;
      readonly tags?: readonly string[];
    }
  /** Every sample grid as one picture that moves. */
  | { readonly type: 'exportAnimation'; readonly key: string; readonly format: AnimationFormat }
  /** One sample grid as it lies in the folder. */
  | { readonly type: 'exportGrid'; readonly key: string; readonly step: number };

/**
 * What `setState` of the page keeps across reloads. The extension reads the keys only; the rest is
 * the page's own.
 */
export interface DashboardState {
  readonly keys: readonly string[];
  readonly view: unknown;
}

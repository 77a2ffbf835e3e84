import type { InspectionState } from '../shared/checkpointPage';
import type { Corrections, FileListing, LayerNumbers, NetworkVerdict } from '../shared/inspection';
import type {
  NetworkAnswer,
  NetworkQuestion,
  WeightAnswer,
  WeightQuestion,
} from '../shared/inspectionQuestions';

/**
 * What threads that look into weight files are given (`workerData`) and say. `dist/inspector.cjs`
 * does one job and ends; whoever wants it no more terminates it. `dist/player.cjs` holds the
 * networks of one checkpoint and answers questions about them until it is terminated.
 */

export type InspectorJob =
  /** Says the listing, then numbers of every layer as they come, then verdicts. */
  | {
      readonly type: 'inspect';
      readonly file: string;
      readonly corrections: Corrections;
      /** Layers to begin with, even though they are costly. */
      readonly first: readonly string[];
      /** What has been computed before and need not be again, by the layer's name. */
      readonly known: Readonly<Record<string, LayerNumbers>>;
    }
  | {
      readonly type: 'answer';
      readonly file: string;
      readonly corrections: Corrections;
      readonly question: WeightQuestion;
    };

export type FromInspector =
  | { readonly type: 'listing'; readonly listing: FileListing }
  | { readonly type: 'numbers'; readonly layer: string; readonly numbers: LayerNumbers }
  | { readonly type: 'verdict'; readonly verdict: NetworkVerdict }
  | { readonly type: 'state'; readonly state: InspectionState }
  | { readonly type: 'answer'; readonly answer: WeightAnswer; readonly last: boolean }
  /** Nothing more comes; one sentence for the person. */
  | { readonly type: 'refused'; readonly why: string };

/** What `dist/player.cjs` is started with. */
export interface PlayerTask {
  readonly file: string;
}
export interface ToPlayer {
  readonly type: 'ask';
  readonly ask: number;
  readonly question: NetworkQuestion;
}
export type FromPlayer =
  | { readonly type: 'answer'; readonly ask: number; readonly answer: NetworkAnswer }
  | { readonly type: 'refused'; readonly ask: number; readonly why: string };

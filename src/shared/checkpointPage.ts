import type { Correction, FileListing, LayerNumbers, NetworkVerdict } from './inspection';
import type { Answer, Question } from './inspectionQuestions';
import type { FromEveryPage } from './pageMessages';

/**
 * What the extension and a page that shows weight files say to each other. A hidden page does not
 * exist: whenever one is shown it says `ready` and gets everything that is known anew. A page shows
 * one file, its primary, and up to five more beside it.
 */

/** Files that one page shows at most. */
export const MAX_FILES = 6;

export type ToCheckpointPage =
  /** The answer to `ready`; what is known of each file follows. */
  | {
      readonly type: 'init';
      /** Paths of the files shown, the primary one first; they name files in all messages. */
      readonly files: readonly string[];
      /** What the page last gave as `preferences`, in any window. */
      readonly preferences: unknown;
      /** Translations for `@vscode/l10n`; absent where the display language is English. */
      readonly translations?: Readonly<Record<string, string>>;
    }
  /** The files shown have changed; what is known about the others is dropped. */
  | { readonly type: 'files'; readonly files: readonly string[] }
  /** Replaces what was known of the file; numbers of its layers follow. */
  | { readonly type: 'listing'; readonly file: string; readonly listing: FileListing }
  /** The file cannot be read; one sentence. */
  | { readonly type: 'unreadable'; readonly file: string; readonly why: string }
  /** More numbers of a layer; they join those that the page has. */
  | {
      readonly type: 'numbers';
      readonly file: string;
      readonly layer: string;
      readonly numbers: LayerNumbers;
    }
  | { readonly type: 'verdict'; readonly file: string; readonly verdict: NetworkVerdict }
  /** What the file's inspection is doing. */
  | { readonly type: 'state'; readonly file: string; readonly state: InspectionState }
  /** A part of the answer to a question; `last` says that no more comes. */
  | {
      readonly type: 'answer';
      readonly ask: number;
      readonly answer: Answer;
      readonly last: boolean;
    }
  /** A question has no answer; one sentence. */
  | { readonly type: 'refused'; readonly ask: number; readonly why: string }
  /** One sentence to show until dismissed: something that was asked for did not work. */
  | { readonly type: 'problem'; readonly message: string }
  /** One sentence to show until dismissed: something happened that nobody asked for. */
  | { readonly type: 'note'; readonly message: string };

export type InspectionState =
  | {
      readonly kind: 'working';
      /** What of the layer is computed now. */
      readonly doing: 'weights' | 'spectra' | 'operators';
      readonly layer: string;
      /** Parts of work done and all. */
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' };

export type FromCheckpointPage =
  | FromEveryPage
  /** The page is loaded and listens; `others` are the files that it showed beside the primary. */
  | { readonly type: 'ready'; readonly others: readonly string[] }
  /** Stop computing; what there is stays. */
  | { readonly type: 'cancel'; readonly file: string }
  /** Go on computing, `layers` first and even though they are costly. */
  | { readonly type: 'compute'; readonly file: string; readonly layers: readonly string[] }
  /** Remember for this file; null takes all corrections of the layer back. */
  | {
      readonly type: 'correct';
      readonly file: string;
      readonly layer: string;
      readonly correction: Correction | null;
    }
  /** The page chooses `ask`; answers carry it. */
  | {
      readonly type: 'ask';
      readonly ask: number;
      readonly file: string;
      readonly question: Question;
    }
  /** The answer is not wanted any more. */
  | { readonly type: 'drop'; readonly ask: number }
  /** Let the person choose files to show beside. */
  | { readonly type: 'addFiles' }
  | { readonly type: 'removeFile'; readonly file: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'open'; readonly file: string; readonly place: CheckpointPlace };

/** Places that a page leads to: the dashboard of the run, the folder of the file, the file anew. */
export const checkpointPlaces = ['run', 'folder', 'again'] as const;
export type CheckpointPlace = (typeof checkpointPlaces)[number];

/** What `setState` of the page keeps across reloads. */
export interface CheckpointPageState {
  readonly others: readonly string[];
  readonly view: unknown;
}

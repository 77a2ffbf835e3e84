import type { Exported, ExportRequest } from '../../runs/export/exportRequest';
import type { Rows, RunView } from '../../shared/dashboard';

/**
 * What the extension and its threads say to each other. A thread looks at run folders so that the
 * extension host, in which all extensions live, never parses anything large. It knows nothing of
 * windows: a run is read for as long as somebody has it open, and a page that is hidden has nothing
 * open. A thread that is given an {@link ExportRequest} at its start does that and ends.
 */

/** Everything about a run that its folder tells; the rest of a `RunView` the extension knows. */
export type ReadRun = Omit<RunView, 'control' | 'actions' | 'restricted' | 'baseUri'> & {
  /** Whether the folder is not there any more; the rest is what was last read. */
  readonly gone: boolean;
};

export type ToReader =
  /** Reads a run from its first row on, and watches it until `close`. */
  | { readonly type: 'open'; readonly id: number; readonly folder: string }
  /** A chunk of rows has been passed on: there is room for another one. */
  | { readonly type: 'taken'; readonly id: number }
  | { readonly type: 'close'; readonly id: number };

export type FromReader =
  /** At the beginning and whenever something in the folder has changed. */
  | { readonly type: 'run'; readonly id: number; readonly run: ReadRun }
  | { readonly type: 'rows'; readonly id: number; readonly rows: Rows }
  /** The folder cannot be read as a run; one sentence. It is looked at again every second. */
  | { readonly type: 'unreadable'; readonly id: number; readonly why: string };

/** What a thread is started with (`workerData`). */
export type ThreadTask =
  { readonly type: 'read' } | { readonly type: 'export'; readonly request: ExportRequest };

export type ToExporter = { readonly type: 'cancel' };

export type FromExporter =
  | { readonly type: 'progress'; readonly share: number }
  | ({ readonly type: 'exported' } & Exported)
  | { readonly type: 'cancelled' }
  /** One sentence for the person. */
  | { readonly type: 'refused'; readonly why: string };

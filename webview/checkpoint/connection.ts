import { unpackNumbers } from '../../src/shared/carriedNumbers';
import type {
  CheckpointPageState,
  FromCheckpointPage,
  ToCheckpointPage,
} from '../../src/shared/checkpointPage';

interface VsCodeApi {
  postMessage(message: FromCheckpointPage): void;
  getState(): CheckpointPageState | undefined;
  setState(state: CheckpointPageState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The one line to the extension. */
const vscode = acquireVsCodeApi();

/** Says something to the extension. */
export function send(message: FromCheckpointPage): void {
  vscode.postMessage(message);
}

/** What the page kept before it was hidden or the window reloaded. */
export function keptState(): CheckpointPageState | undefined {
  return vscode.getState();
}

/** Keeps the view across hiding and reloads. */
export function keepState(state: CheckpointPageState): void {
  vscode.setState(state);
}

/** Hears everything that the extension says. */
export function listen(heard: (message: ToCheckpointPage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    heard(unpackNumbers(data) as ToCheckpointPage),
  );
}

/** Tells the extension's log of defects of the page. */
export function reportDefects(): void {
  const report = (thrown: unknown): void => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    send({ type: 'pageError', message: error.message, stack: error.stack ?? '' });
  };
  window.addEventListener('error', ({ error, message }) => report(error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }) => report(reason));
}

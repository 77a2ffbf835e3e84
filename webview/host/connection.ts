import type { PageError } from '../../src/shared/pageMessages';

interface VsCodeApi<From, State> {
  postMessage(message: From): void;
  getState(): State | undefined;
  setState(state: State): void;
}
declare function acquireVsCodeApi(): VsCodeApi<unknown, unknown>;

/** The one line between a page and the extension. */
export interface Connection<From, To, State> {
  /** Says something to the extension. */
  readonly send: (message: From) => void;
  /** What the page kept before it was hidden or the window reloaded. */
  readonly keptState: () => State | undefined;
  /** Keeps the view across hiding and reloads. */
  readonly keepState: (state: State) => void;
  /** Hears everything that the extension says. */
  readonly listen: (heard: (message: To) => void) => void;
  /** Tells the extension's log of defects of the page. */
  readonly reportDefects: () => void;
}

/**
 * Opens the line to the extension. VS Code gives it out once: a page calls this in one place.
 *
 * @param unpack makes of what arrived what was said
 */
export function connect<From, To, State>(
  unpack: (data: unknown) => unknown = (data) => data,
): Connection<From | PageError, To, State> {
  const vscode = acquireVsCodeApi() as VsCodeApi<From | PageError, State>;
  const send = (message: From | PageError): void => vscode.postMessage(message);
  return {
    send,
    keptState: () => vscode.getState(),
    keepState: (state) => vscode.setState(state),
    listen: (heard) =>
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
        heard(unpack(data) as To),
      ),
    reportDefects: () => {
      const report = (thrown: unknown): void => {
        const { message, stack = '' } =
          thrown instanceof Error ? thrown : new Error(String(thrown));
        send({ type: 'pageError', message, stack });
      };
      window.addEventListener('error', ({ error, message }) => report(error ?? message));
      window.addEventListener('unhandledrejection', ({ reason }) => report(reason));
    },
  };
}

import type { DashboardState, FromDashboard, ToDashboard } from '../../src/shared/dashboard';

interface VsCodeApi {
  postMessage(message: FromDashboard): void;
  getState(): DashboardState | undefined;
  setState(state: DashboardState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The one line to the extension. */
const vscode = acquireVsCodeApi();

/** Says something to the extension. */
export function send(message: FromDashboard): void {
  vscode.postMessage(message);
}

/** What the page kept before it was hidden or the window reloaded. */
export function keptState(): DashboardState | undefined {
  return vscode.getState();
}

/** Keeps the view across hiding and reloads. */
export function keepState(state: DashboardState): void {
  vscode.setState(state);
}

/** Hears everything that the extension says. */
export function listen(heard: (message: ToDashboard) => void): void {
  window.addEventListener('message', (event: MessageEvent<ToDashboard>) => heard(event.data));
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

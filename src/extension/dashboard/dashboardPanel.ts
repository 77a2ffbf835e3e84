import * as vscode from 'vscode';
import type { ReaderThread } from '../reader/readerThread';
import { pagesFolder, webviewPage } from '../webviewPage';
import type { DashboardHost } from './dashboardHost';
import { DashboardSession, type ShownRun } from './dashboardSession';
import type { RunExports } from './runExports';

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly host: DashboardHost;
  readonly reader: ReaderThread;
  readonly runExports: RunExports;
  readonly log: vscode.LogOutputChannel;
}

/** One dashboard: a panel of VS Code, and what is shown in it. */
export class DashboardPanel {
  private readonly session: DashboardSession;
  /** Folders whose images the page may load. */
  private allowed: readonly string[];
  private readonly subscriptions: vscode.Disposable[];

  /**
   * @param panel new, or brought back by VS Code after a reload
   * @param runs folders of runs, the primary one first
   * @param doubtful those among them that may be no runs, and nothing that a page may look into
   * @param changed is called when it became or ceased to be the active editor, or shows other runs
   */
  constructor(
    readonly panel: vscode.WebviewPanel,
    runs: readonly string[],
    private readonly doubtful: readonly string[],
    private readonly parts: PanelParts,
    private readonly changed: () => void,
  ) {
    const { webview } = panel;
    parts.reader.warmUp();
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(parts.extensionUri, 'media', 'icons', theme, 'dashboard.svg');
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.session = new DashboardSession(runs, {
      ...parts,
      exports: parts.runExports,
      translations: vscode.l10n.bundle,
      page: {
        post: (message) => webview.postMessage(message),
        baseUri: (folder) => webview.asWebviewUri(vscode.Uri.file(folder)).toString(),
        showsRuns: (shown) => this.showsRuns(shown),
        misses: (folder, why) => void this.offerToClose(folder, why),
      },
    });
    this.subscriptions = [
      webview.onDidReceiveMessage((said) => this.session.hear(said)),
      panel.onDidChangeViewState(() => {
        if (panel.visible) parts.reader.warmUp();
        else this.session.hide();
        changed();
      }),
    ];
    this.allowed = runs.filter((folder) => !doubtful.includes(folder));
    this.allow();
    webview.html = webviewPage(webview, parts.extensionUri, 'dashboard');
  }

  /** The runs that are shown, the primary one first. */
  get shown(): readonly string[] {
    return this.session.shown;
  }

  add(folders: readonly string[]): void {
    this.session.add(folders);
  }

  dispose(): void {
    this.session.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private showsRuns(runs: readonly ShownRun[]): void {
    this.panel.title = titleOf(runs.map(({ name }) => name));
    const sure = runs.filter(({ folder, read }) => read || !this.doubtful.includes(folder));
    const folders = sure.map(({ folder }) => folder);
    // To allow less, VS Code would load the page anew; what was shown may still be seen.
    if (!folders.every((folder) => this.allowed.includes(folder))) {
      this.allowed = folders;
      this.allow();
    }
    this.changed();
  }

  private allow(): void {
    const page = pagesFolder(this.parts.extensionUri);
    const roots = [page, ...this.allowed.map((folder) => vscode.Uri.file(folder))];
    this.panel.webview.options = { enableScripts: true, localResourceRoots: roots };
  }

  private async offerToClose(folder: string, why: string): Promise<void> {
    const others = this.shown.length > 1;
    const close = others
      ? vscode.l10n.t('Remove From Comparison')
      : vscode.l10n.t('Close Dashboard');
    const chosen = await vscode.window.showWarningMessage(why, close);
    if (chosen !== close) return;
    if (others) this.session.remove(folder);
    else this.panel.dispose();
  }
}

function titleOf(names: readonly string[]): string {
  const [first, second, ...others] = names;
  if (second === undefined) return first;
  if (others.length === 0) return vscode.l10n.t('{0} vs {1}', first, second);
  return vscode.l10n.t('{0} vs {1} runs', first, names.length - 1);
}

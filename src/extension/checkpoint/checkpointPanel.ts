import * as vscode from 'vscode';
import { packNumbers } from '../../shared/carriedNumbers';
import { pagesFolder, webviewPage } from '../webviewPage';
import type { CheckpointHost } from './checkpointHost';
import { CheckpointSession } from './checkpointSession';
import type { InspectedFiles } from './inspectedFiles';

export interface CheckpointPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly host: CheckpointHost;
  readonly files: InspectedFiles;
  readonly log: vscode.LogOutputChannel;
}

/** One editor of weight files: a panel of VS Code, and what is shown in it. */
export class CheckpointPanel {
  private readonly session: CheckpointSession;
  private readonly subscriptions: vscode.Disposable[];

  /** @param others files to show beside the primary one */
  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly primary: string,
    others: readonly string[],
    parts: CheckpointPanelParts,
  ) {
    const { webview } = panel;
    this.session = new CheckpointSession(primary, others, {
      ...parts,
      translations: vscode.l10n.bundle,
      post: (message) => void webview.postMessage(packNumbers(message)),
    });
    this.subscriptions = [
      webview.onDidReceiveMessage((said) => this.session.hear(said)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.session.hide();
      }),
    ];
    const roots = [pagesFolder(parts.extensionUri)];
    webview.options = { enableScripts: true, localResourceRoots: roots };
    webview.html = webviewPage(webview, parts.extensionUri, 'checkpoint');
  }

  /** The files that are shown, the primary one first. */
  get shown(): readonly string[] {
    return this.session.shown;
  }

  add(files: readonly string[]): void {
    this.session.add(files);
  }

  dispose(): void {
    this.session.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { packNumbers } from '../../shared/carriedNumbers';
import { pageHtml } from '../webviewHtml';
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
    private readonly parts: CheckpointPanelParts,
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
    const page = vscode.Uri.joinPath(parts.extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [page] };
    webview.html = this.html(webview);
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

  private html(webview: vscode.Webview): string {
    const file = (name: string): string =>
      webview
        .asWebviewUri(vscode.Uri.joinPath(this.parts.extensionUri, 'dist', 'webview', name))
        .toString();
    return pageHtml({
      title: 'SN-GAN',
      script: file('checkpoint.js'),
      styles: file('checkpoint.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      language: vscode.env.language,
    });
  }
}

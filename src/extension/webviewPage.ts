import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './webviewHtml';

/** Where the scripts, styles and fonts of all our pages lie: every page may load from there. */
export function pagesFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** The HTML of one of our pages, with its script and styles as the webview reaches them. */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: 'checkpoint' | 'dashboard',
): string {
  const file = (fileName: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(pagesFolder(extensionUri), fileName)).toString();
  return pageHtml({
    title: 'SN-GAN',
    script: file(`${name}.js`),
    styles: file(`${name}.css`),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    language: vscode.env.language,
  });
}

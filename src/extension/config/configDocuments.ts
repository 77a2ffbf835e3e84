import path from 'node:path';
import type * as vscode from 'vscode';

/** Every config file, wherever it lies. */
export const configSelector: vscode.DocumentSelector = { pattern: '**/*.sngan.json' };

/** Whether a document is a config file that a person looks at, also one that was never saved. */
export function isConfig({ uri }: vscode.TextDocument): boolean {
  return uri.path.endsWith('.sngan.json') && ['file', 'untitled'].includes(uri.scheme);
}

/** The folder at which a config's relative paths start; undefined before it has a place. */
export function folderOf({ uri }: vscode.TextDocument): string | undefined {
  return path.isAbsolute(uri.fsPath) ? path.dirname(uri.fsPath) : undefined;
}

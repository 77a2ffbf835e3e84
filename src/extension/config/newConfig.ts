import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { presetItems } from '../train/presetItems';
import { newConfigText } from './newConfigText';

/** Asks for a preset and opens a new config file, which is written when it is saved. */
export async function newConfig(): Promise<void> {
  const chosen = await vscode.window.showQuickPick(presetItems(), {
    title: vscode.l10n.t('New Config File'),
    placeHolder: vscode.l10n.t('Which settings should it start from?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return;
  const uri = freeName(chosen.preset);
  const edit = new vscode.WorkspaceEdit();
  const document = await vscode.workspace.openTextDocument(uri);
  edit.insert(uri, new vscode.Position(0, 0), newConfigText(chosen.preset));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}

/**
 * A name that is not taken, of a file that does not exist yet. Without a folder on a disk the
 * person is asked for a place when saving.
 */
function freeName(preset: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (let number = 1; ; number++) {
    const name = `${preset}${number === 1 ? '' : `-${number}`}.sngan.json`;
    const file = folder ? path.join(folder.uri.fsPath, name) : name;
    const uri = folder
      ? vscode.Uri.file(file).with({ scheme: 'untitled' })
      : vscode.Uri.from({ scheme: 'untitled', path: name });
    if (!open.has(uri.path) && !(folder && existsSync(file))) return uri;
  }
}

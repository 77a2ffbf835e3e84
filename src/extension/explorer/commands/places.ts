import path from 'node:path';
import * as vscode from 'vscode';
import { runFile } from '../../../shared/runFolder';
import { UserError } from '../../../shared/userError';

/** Opens the config of a run. @throws UserError where it is not there */
export async function showConfig(folder: string): Promise<void> {
  await showText(path.join(folder, runFile.config));
}

/** Opens the log of a run at its end. @throws UserError where it is not there */
export async function showLog(folder: string): Promise<void> {
  const editor = await showText(path.join(folder, runFile.log));
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end));
}

/**
 * Shows a run folder where files are looked at: in the editor's own explorer where it is open
 * there, in the system's on this machine, in a window of its own on another one.
 */
export async function revealFolder(folder: string): Promise<void> {
  const uri = vscode.Uri.file(folder);
  if (vscode.workspace.getWorkspaceFolder(uri)) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
  } else if (vscode.env.uiKind === vscode.UIKind.Desktop && !vscode.env.remoteName) {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } else {
    await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
  }
}

/** Shows a file among its neighbours; otherwise as {@link revealFolder}. */
export async function revealFile(file: string): Promise<void> {
  const uri = vscode.Uri.file(file);
  if (vscode.workspace.getWorkspaceFolder(uri)) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
  } else if (vscode.env.uiKind === vscode.UIKind.Desktop && !vscode.env.remoteName) {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } else {
    await revealFolder(path.dirname(file));
  }
}

async function showText(file: string): Promise<vscode.TextEditor> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    return await vscode.window.showTextDocument(document, { preview: true });
  } catch (cause) {
    throw new UserError(
      vscode.l10n.t('{0} cannot be opened; it may not have been written yet.', file),
      { cause },
    );
  }
}

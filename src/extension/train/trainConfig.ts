import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainConfig } from '../../shared/config';
import { UserError } from '../../shared/userError';
import { startRun, type TrainParts } from './startRun';

/**
 * Trains what a config file says.
 *
 * @param file the one in the active editor unless given
 * @throws UserError where no config is open, or the images or the start fail
 */
export async function trainConfig(file: vscode.Uri | undefined, parts: TrainParts): Promise<void> {
  const opened = file ?? vscode.window.activeTextEditor?.document.uri;
  if (!opened?.path.endsWith('.sngan.json')) {
    throw new UserError(vscode.l10n.t('Open a config file first; its name ends in .sngan.json.'));
  }
  const saved = await savedFile(opened);
  if (!saved) return;
  const config = await readOrShowProblems(saved, parts);
  if (!config) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at the images') },
    () => parts.checks.lookAtImages(config.data.source),
  );
  await startRun(config, parts);
}

/** Path of a config as it is on the disk, saved first where it has changes; undefined: not saved. */
async function savedFile(uri: vscode.Uri): Promise<string | undefined> {
  const document = vscode.workspace.textDocuments.find(
    (open) => open.uri.toString() === uri.toString(),
  );
  const isChanged = document && (document.isDirty || document.isUntitled);
  const saved = isChanged ? await vscode.workspace.save(uri) : uri;
  if (!saved) return undefined;
  if (saved.scheme === 'file') return saved.fsPath;
  throw new UserError(
    vscode.l10n.t('{0} does not lie on a disk; save a copy there to train it.', saved.path),
  );
}

/** Undefined where the config has mistakes; the person has been told. */
async function readOrShowProblems(
  file: string,
  { checks, settings }: TrainParts,
): Promise<TrainConfig | undefined> {
  try {
    const from = settings.folderOf(file);
    return await checks.readConfig({
      file,
      overrides: [],
      settings: settings.ofNewRuns(file),
      ...(from !== undefined && { from }),
    });
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const showProblems = vscode.l10n.t('Show Problems');
    // Several mistakes stand on a line each; a message has one.
    const message = thrown.message.replaceAll(`${path.dirname(file)}${path.sep}`, '');
    const chosen = await vscode.window.showErrorMessage(message, showProblems);
    if (chosen === showProblems) {
      await vscode.window.showTextDocument(vscode.Uri.file(file));
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
    return undefined;
  }
}

import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../../shared/userError';
import { commandId } from '../../contributions';
import { nameOf } from '../../runs/listedRun';
import { isLiving } from '../../runs/livingRun';
import type { RunList } from '../../runs/runList';
import { foldersFrom } from '../nodes';
import { RunText } from '../runText';
import { describeLoss, type Doomed } from './describeLoss';
import { measureRun } from './measureRun';
import { anyRun } from './runChooser';
import type { RunCommandParts, RunCommands } from './runCommands';

/** The command that removes runs, also damaged ones, after it has said what is lost. */
export function deleteCommand({
  chooser,
  runs,
}: RunCommandParts): Pick<RunCommands, 'snGan.deleteRuns'> {
  return {
    [commandId.deleteRuns]: async (argument: unknown, selected: unknown) => {
      const given = foldersFrom(argument, selected);
      const question = anyRun(vscode.l10n.t('Delete Run'));
      const run = given.length > 0 ? undefined : await chooser.one(undefined, question);
      const folders = run ? [run.folder] : given;
      if (folders.length > 0) await deleteRuns(folders, runs);
    },
  };
}

async function deleteRuns(folders: readonly string[], runs: RunList): Promise<void> {
  refuseLiving(folders, runs);
  const doomed = await Promise.all(folders.map((folder) => doomedRun(folder, runs)));
  const loss = describeLoss(doomed, new RunText(vscode.env.language));
  const move = vscode.l10n.t('Move to Trash');
  const detail = [...loss.lines, vscode.l10n.t('They can be brought back from the trash.')];
  if (!(await confirm(loss.question, detail, move))) return;
  // Looked at again: it may have been resumed while the question stood there.
  await Promise.all(folders.map((folder) => runs.reread(folder)));
  refuseLiving(folders, runs);
  const untrashed = await removeAll(folders, true);
  if (untrashed.length > 0) {
    const left = doomed.filter((_, i) => untrashed.includes(folders[i]));
    await offerToDeleteForEver(untrashed, left);
  }
  await runs.refresh();
}

/** Remote machines and network disks have no trash: then a person has to decide once more. */
async function offerToDeleteForEver(
  folders: readonly string[],
  doomed: readonly Doomed[],
): Promise<void> {
  const question =
    doomed.length === 1
      ? vscode.l10n.t('{0} cannot be moved to the trash here.', doomed[0].name)
      : vscode.l10n.t('{0} runs cannot be moved to the trash here.', doomed.length);
  const { lines } = describeLoss(doomed, new RunText(vscode.env.language));
  const detail = [...lines, vscode.l10n.t('Deleted for ever, they cannot be brought back.')];
  if (!(await confirm(question, detail, vscode.l10n.t('Delete for Ever')))) return;
  const left = await removeAll(folders, false);
  if (left.length === 0) return;
  throw new UserError(
    vscode.l10n.t(
      '{0} could not be deleted; close what has files of it open, or change its permissions.',
      left.join(', '),
    ),
  );
}

/** Removes folders; returns those that could not be. */
async function removeAll(folders: readonly string[], useTrash: boolean): Promise<string[]> {
  const left: string[] = [];
  for (const folder of folders) {
    try {
      await vscode.workspace.fs.delete(vscode.Uri.file(folder), { recursive: true, useTrash });
    } catch (thrown) {
      const isGone = thrown instanceof vscode.FileSystemError && thrown.code === 'FileNotFound';
      if (!isGone) left.push(folder);
    }
  }
  return left;
}

async function confirm(
  question: string,
  detail: readonly string[],
  button: string,
): Promise<boolean> {
  const options = { modal: true, detail: detail.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, button)) === button;
}

async function doomedRun(folder: string, runs: RunList): Promise<Doomed> {
  const run = runs.find(folder);
  return { name: run ? nameOf(run) : path.basename(folder), ...(await measureRun(folder)) };
}

/** @throws UserError where a trainer works in one of the folders, or one is no run of the list */
function refuseLiving(folders: readonly string[], runs: RunList): void {
  for (const folder of folders) {
    const run = runs.find(folder);
    if (!run && !runs.broken.some((broken) => broken.folder === folder)) {
      throw new UserError(vscode.l10n.t('{0} is no run any more.', folder));
    }
    if (!run || !isLiving(run.status)) continue;
    throw new UserError(
      run.status === 'elsewhere'
        ? vscode.l10n.t(
            '{0} is being trained on another machine; stop it there first.',
            nameOf(run),
          )
        : vscode.l10n.t('{0} is being trained; stop it first, then delete it.', nameOf(run)),
    );
  }
}

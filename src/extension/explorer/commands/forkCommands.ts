import path from 'node:path';
import * as vscode from 'vscode';
import { listCheckpoints, newestCheckpoint } from '../../../runs/checkpoints';
import { forkRun } from '../../../runs/forkRun';
import { readRunConfig } from '../../../runs/runConfig';
import { UserError } from '../../../shared/userError';
import { commandId } from '../../contributions';
import { nameOf, type ListedRun } from '../../runs/listedRun';
import { isLiving } from '../../runs/livingRun';
import { stepFrom } from '../nodes';
import { RunText } from '../runText';
import { anyRun } from './runChooser';
import type { RunCommandParts, RunCommands } from './runCommands';

/** Commands that make something new from a run. */
export function forkCommands({
  chooser,
  supervisor,
  dashboards,
}: RunCommandParts): Pick<RunCommands, 'snGan.resumeFromCheckpoint' | 'snGan.duplicateConfig'> {
  return {
    [commandId.resumeFromCheckpoint]: async (argument: unknown) => {
      const run = await chooser.one(argument, {
        title: vscode.l10n.t('Resume From Checkpoint'),
        eligible: ({ identity }) => identity.progress.step > 0,
        none: vscode.l10n.t('No run has a checkpoint yet.'),
      });
      const step = run && (stepFrom(argument) ?? (await askForStep(run)));
      if (run === undefined || step === undefined) return;
      if (!isLiving(run.status) && (await isNewest(run, step))) {
        await supervisor.resume(run.folder);
        dashboards.open([run.folder]);
        return;
      }
      const steps = await stepsBeyond(run, step);
      const { folder, notes } = await forkRun(run.folder, step, { steps });
      for (const note of notes) void vscode.window.showWarningMessage(note);
      await supervisor.start(folder);
      dashboards.open([folder]);
    },
    [commandId.duplicateConfig]: async (argument: unknown) => {
      const run = await chooser.one(argument, anyRun(vscode.l10n.t('Duplicate Config')));
      if (run) await duplicateConfig(run);
    },
  };
}

async function isNewest({ folder }: ListedRun, step: number): Promise<boolean> {
  return (await newestCheckpoint(folder)).newest?.step === step;
}

/** To which step the new run trains: as the old one, or further from its very last checkpoint. */
async function stepsBeyond({ folder }: ListedRun, step: number): Promise<number> {
  const { steps } = await readRunConfig(folder);
  return steps > step ? steps : 2 * step;
}

async function askForStep(run: ListedRun): Promise<number | undefined> {
  const text = new RunText(vscode.env.language);
  const checkpoints = (await listCheckpoints(run.folder)).reverse();
  if (checkpoints.length === 0) {
    throw new UserError(
      vscode.l10n.t('{0} has no checkpoint; resume it to train on.', nameOf(run)),
    );
  }
  const items = checkpoints.map(({ step, file }) => ({
    label: vscode.l10n.t('Step {0}', text.count(step)),
    description: path.basename(file),
    step,
  }));
  const title = vscode.l10n.t('Resume {0} From', nameOf(run));
  return (await vscode.window.showQuickPick(items, { title }))?.step;
}

/** Opens an unsaved copy of the config that made the run: nothing is written until it is saved. */
async function duplicateConfig(run: ListedRun): Promise<void> {
  const config = await readRunConfig(run.folder);
  const content = `${JSON.stringify(config, undefined, 2)}\n`;
  const uri = await freeConfigName(run);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), content));
}

/** A name beside the other configs, which the file gets when it is saved. */
async function freeConfigName(run: ListedRun): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(run.folder);
  const stem = run.identity.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  for (let number = 2; ; number++) {
    const file = vscode.Uri.joinPath(folder, `${stem || 'run'}-${number}.sngan.json`);
    if (!(await exists(file))) return file.with({ scheme: 'untitled' });
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.textDocuments.some(({ uri }) => uri.path === file.path)) return true;
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

import path from 'node:path';
import * as vscode from 'vscode';
import { listCheckpoints, type StepFile } from '../../runs/checkpoints';
import { nameOf, type ListedRun } from '../runs/listedRun';
import { pickStep } from '../train/pickStep';
import { askForWeightFiles } from './askForWeightFiles';

interface FileItem extends vscode.QuickPickItem {
  /** The checkpoints to choose from; absent: any file. */
  readonly checkpoints?: readonly StepFile[];
}

/**
 * Lets the person choose a checkpoint of a run, or any file.
 *
 * @returns its path; undefined where the person thought better of it
 * @throws UserError where the file does not lie on a disk
 */
export async function chooseCheckpoint(runs: readonly ListedRun[]): Promise<string | undefined> {
  const title = vscode.l10n.t('Inspect Checkpoint');
  const other: FileItem = { label: `$(file) ${vscode.l10n.t('Other File…')}` };
  const items = [...(await runItems(runs)), other];
  for (;;) {
    const picked = await pickStep<FileItem>({
      title,
      step: 1,
      totalSteps: 2,
      placeholder: vscode.l10n.t('Whose checkpoint?'),
      items,
      canGoBack: false,
    });
    if (picked === undefined || picked === 'back') return undefined;
    if (!picked.checkpoints) return (await askForWeightFiles({ many: false })).at(0);
    if (picked.checkpoints.length === 1) return picked.checkpoints[0].file;
    const file = await chooseStep(title, picked.checkpoints);
    if (file !== 'back') return file?.file;
  }
}

/** Runs that have a checkpoint, in the order of the list. */
async function runItems(runs: readonly ListedRun[]): Promise<FileItem[]> {
  const items = await Promise.all(
    runs.map(async (run): Promise<FileItem | undefined> => {
      const checkpoints = await listCheckpoints(run.folder).catch((): StepFile[] => []);
      const newest = checkpoints.at(-1);
      if (!newest) return undefined;
      return {
        label: `$(folder) ${nameOf(run)}`,
        description: vscode.l10n.t('step {0}', newest.step),
        detail: path.basename(run.folder),
        checkpoints: checkpoints.reverse(),
      };
    }),
  );
  return items.filter((item) => item !== undefined);
}

async function chooseStep(
  title: string,
  checkpoints: readonly StepFile[],
): Promise<StepFile | 'back' | undefined> {
  const picked = await pickStep({
    title,
    step: 2,
    totalSteps: 2,
    placeholder: vscode.l10n.t('Which step?'),
    items: checkpoints.map((checkpoint) => ({
      label: vscode.l10n.t('step {0}', checkpoint.step),
      description: path.basename(checkpoint.file),
      checkpoint,
    })),
    canGoBack: true,
  });
  return picked === undefined || picked === 'back' ? picked : picked.checkpoint;
}

import path from 'node:path';
import * as vscode from 'vscode';
import { listCheckpoints, type StepFile } from '../../runs/checkpoints';
import { MAX_FILES } from '../../shared/checkpointPage';
import { nameOf, type ListedRun } from '../runs/listedRun';
import { askForWeightFiles } from './askForWeightFiles';

interface Item extends vscode.QuickPickItem {
  /** Absent: any file. */
  readonly file?: string;
}

/** What is asked for. */
export interface CheckpointsWanted {
  readonly title: string;
  /** Files that need not be offered. */
  readonly shown: readonly string[];
}

/**
 * Lets the person choose any number of checkpoints of runs, and of other files.
 *
 * @returns their paths, as many as one page can show beside those that it shows; none where the
 *   person thought better of it
 * @throws UserError where a file does not lie on a disk
 */
export async function chooseCheckpoints(
  runs: readonly ListedRun[],
  { title, shown }: CheckpointsWanted,
): Promise<readonly string[]> {
  const other: Item = { label: `$(file) ${vscode.l10n.t('Other Files…')}` };
  const lists = await Promise.all(runs.map((run) => itemsOf(run, shown)));
  const room = MAX_FILES - shown.length;
  const chosen = await vscode.window.showQuickPick<Item>([other, ...lists.flat()], {
    title,
    placeHolder: vscode.l10n.t('Choose up to {0} checkpoints', room),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return [];
  const files = chosen.flatMap(({ file }) => file ?? []);
  const others = chosen.includes(other) ? await askForWeightFiles({ many: true }) : [];
  return [...new Set([...files, ...others])].filter((file) => !shown.includes(file));
}

/** The checkpoints of a run below its name, the newest first. */
async function itemsOf(run: ListedRun, shown: readonly string[]): Promise<Item[]> {
  const all = await listCheckpoints(run.folder).catch((): StepFile[] => []);
  const offered = all.filter(({ file }) => !shown.includes(file)).reverse();
  if (offered.length === 0) return [];
  const name = nameOf(run);
  const heading = { label: name, kind: vscode.QuickPickItemKind.Separator };
  return [
    heading,
    ...offered.map(({ step, file }) => ({
      label: vscode.l10n.t('{0}, step {1}', name, step),
      description: path.basename(run.folder),
      file,
    })),
  ];
}

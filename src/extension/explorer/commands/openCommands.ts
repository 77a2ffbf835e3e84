import * as vscode from 'vscode';
import { commandId } from '../../contributions';
import type { ListedRun } from '../../runs/listedRun';
import { foldersFrom, folderFrom } from '../nodes';
import { revealFolder, showConfig, showLog } from './places';
import type { RunCommandParts, RunCommands } from './runCommands';
import { anyRun } from './runChooser';

/** Commands that show something of a run and change nothing. */
export function openCommands({
  chooser,
  dashboards,
  runs,
}: RunCommandParts): Pick<
  RunCommands,
  | 'snGan.openDashboard'
  | 'snGan.compareRuns'
  | 'snGan.revealRunFolder'
  | 'snGan.openRunConfig'
  | 'snGan.openRunLog'
  | 'snGan.copyRunPath'
  | 'snGan.refreshRuns'
> {
  const showing =
    (title: string, show: (run: ListedRun) => unknown) =>
    async (argument: unknown): Promise<void> => {
      const run = await chooser.one(argument, anyRun(title));
      if (run) await show(run);
    };
  const isBroken = (folder: string): boolean =>
    runs.broken.some((broken) => broken.folder === folder);
  return {
    [commandId.openDashboard]: showing(vscode.l10n.t('Open Dashboard'), ({ folder }) =>
      dashboards.open([folder]),
    ),
    [commandId.compareRuns]: async (argument: unknown, selected: unknown) => {
      const folders = await chooser.toCompare(argument, selected);
      if (folders.length > 0) dashboards.open(folders);
    },
    [commandId.revealRunFolder]: async (argument: unknown) => {
      const given = folderFrom(argument);
      // Also where run.json cannot be read: that is when people look for themselves.
      const title = vscode.l10n.t('Reveal Run Folder');
      const folder =
        given !== undefined && isBroken(given)
          ? given
          : (await chooser.one(argument, anyRun(title)))?.folder;
      if (folder !== undefined) await revealFolder(folder);
    },
    [commandId.openRunConfig]: showing(vscode.l10n.t('Open Config'), ({ folder }) =>
      showConfig(folder),
    ),
    [commandId.openRunLog]: showing(vscode.l10n.t('Open Log'), ({ folder }) => showLog(folder)),
    [commandId.copyRunPath]: async (argument: unknown, selected: unknown) => {
      const given = foldersFrom(argument, selected);
      const title = vscode.l10n.t('Copy Path');
      const run = given.length > 0 ? undefined : await chooser.one(undefined, anyRun(title));
      const folders = run ? [run.folder] : given;
      if (folders.length > 0) await vscode.env.clipboard.writeText(folders.join('\n'));
    },
    [commandId.refreshRuns]: () => runs.refresh(),
  };
}

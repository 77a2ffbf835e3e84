import path from 'node:path';
import * as vscode from 'vscode';
import { userFolders } from '../../runtime/userFolders';
import type { Settings } from '../settings';
import { RunList } from './runList';
import { watchRuns } from './watchRuns';

const REMEMBERED = 'runsFolders';

/**
 * The runs of this window's folders and those trained without a folder; follows the settings.
 *
 * @param state remembers other folders in which this workspace has trained (workspaceState)
 */
export function openRunList(
  settings: Settings,
  state: vscode.Memento,
  log: vscode.LogOutputChannel,
): { readonly runs: RunList; readonly subscription: vscode.Disposable } {
  const withoutFolder = path.join(userFolders().data, 'runs');
  const remembered = (): readonly string[] => state.get<string[]>(REMEMBERED, []);
  const runs = new RunList({
    folders: () => [...new Set([...settings.runsFolders, withoutFolder, ...remembered()])],
    remember: (folder) => void state.update(REMEMBERED, [...remembered(), folder]),
    watch: watchRuns,
    onError: (thrown) => log.error('The list of runs: ', thrown),
  });
  const subscription = vscode.Disposable.from(
    runs,
    settings.onChange((event) => {
      if (settings.concerns(event, 'runsFolder')) void runs.refresh();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void runs.refresh()),
  );
  return { runs, subscription };
}

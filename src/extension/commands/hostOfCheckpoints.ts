import * as vscode from 'vscode';
import type { CheckpointHost } from '../checkpoint/checkpointHost';
import { commandId } from '../contributions';
import type { RunExports } from '../dashboard/runExports';
import { revealFile } from '../explorer/commands/places';

const PREFERENCES = 'checkpointPreferences';

/**
 * What pages with weight files see of the rest.
 *
 * @param chooseFiles lets the person choose files to compare with
 * @param memory keeps what the pages prefer (globalState)
 */
export function hostOfCheckpoints(
  chooseFiles: CheckpointHost['chooseFiles'],
  runExports: RunExports,
  memory: vscode.Memento,
): CheckpointHost {
  return {
    openRun: async (folder) => {
      await vscode.commands.executeCommand(commandId.openDashboard, folder);
    },
    revealFile,
    chooseFiles,
    save: (name, contents) => runExports.save(name, contents),
    copy: (text) => vscode.env.clipboard.writeText(text),
    preferences: () => memory.get(PREFERENCES),
    keepPreferences: (preferences) => void memory.update(PREFERENCES, preferences),
  };
}

import * as vscode from 'vscode';
import { checkpointFile } from '../../runs/checkpoints';
import type { DashboardPlace } from '../../shared/dashboard';
import { commandId } from '../contributions';
import type { DashboardHost } from '../dashboard/dashboardHost';
import type { Supervisor } from '../supervisor/supervisor';

const PREFERENCES = 'dashboardPreferences';

/**
 * What dashboards see of the rest.
 *
 * @param chooseRuns lets the person choose runs to compare with
 * @param memory keeps what the pages prefer (globalState)
 */
export function hostOfDashboards(
  supervisor: Supervisor,
  chooseRuns: DashboardHost['chooseRuns'],
  memory: vscode.Memento,
): DashboardHost {
  return {
    control: (folder) => supervisor.control(folder),
    onDidChangeControl: supervisor.onDidChangeControl,
    trusted: () => vscode.workspace.isTrusted,
    onDidGrantTrust: vscode.workspace.onDidGrantWorkspaceTrust,
    act: (folder, action) => supervisor.act(folder, action),
    setExactEvery: (folder, every) => supervisor.command(folder, 'exactEvery', every),
    open: openPlace,
    chooseRuns,
    preferences: () => memory.get(PREFERENCES),
    keepPreferences: (preferences) => void memory.update(PREFERENCES, preferences),
  };
}

async function openPlace(folder: string, place: DashboardPlace, step?: number): Promise<void> {
  switch (place) {
    case 'config':
      return run(commandId.openRunConfig, folder);
    case 'log':
      return run(commandId.openRunLog, folder);
    case 'folder':
      return run(commandId.revealRunFolder, folder);
    case 'tensorboard':
      return run(commandId.openTensorBoard, folder);
    case 'checkpoint':
      return run(
        commandId.inspectCheckpoint,
        step === undefined ? folder : checkpointFile(folder, step),
      );
    case 'problems':
      return run('workbench.actions.view.problems');
  }
}

async function run(command: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...args);
}

import * as vscode from 'vscode';
import { commandId } from '../contributions';
import { nameOf, type ListedRun } from '../runs/listedRun';
import { parseSteps } from './parseSteps';
import type { SupervisorWindow } from './supervisorWindow';

const SAY_MS = 5_000;

/** What the supervisor says and asks, as VS Code shows it. */
export const vscodeSupervisorWindow: SupervisorWindow = {
  trusted: () => vscode.workspace.isTrusted,

  whileWaiting: async (title, work) =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title },
      async () => work,
    ),

  say: (sentence) => void vscode.window.setStatusBarMessage(sentence, SAY_MS),

  warn: (sentence) => void vscode.window.showWarningMessage(sentence),

  reportEnd: (run, sentence) => void reportEnd(run, sentence),

  askSteps: async (run) => {
    const { step, total } = run.identity.progress;
    const answer = await vscode.window.showInputBox({
      title: vscode.l10n.t('Train {0} on', nameOf(run)),
      prompt: vscode.l10n.t('It has finished its {0} steps. Train on to which step?', total),
      value: String(2 * total),
      validateInput: (text) =>
        parseSteps(text, step) === undefined
          ? vscode.l10n.t('A whole number greater than {0}.', step)
          : undefined,
    });
    return answer === undefined ? undefined : parseSteps(answer, step);
  },
};

async function reportEnd(run: ListedRun, sentence: string): Promise<void> {
  const openDashboard = vscode.l10n.t('Open Dashboard');
  const showLog = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('{0} has ended: {1}', nameOf(run), sentence);
  const chosen = await vscode.window.showErrorMessage(message, openDashboard, showLog);
  const command = { [openDashboard]: commandId.openDashboard, [showLog]: commandId.openRunLog };
  if (chosen) await vscode.commands.executeCommand(command[chosen], run.folder);
}

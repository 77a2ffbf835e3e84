import * as vscode from 'vscode';

/** Whether the workspace is trusted; where it is not, says why that matters and leads to a change. */
export async function refuseUntrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return false;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Training starts programs and writes files, so this workspace has to be trusted first. Runs can be looked at all the same.',
    ),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return true;
}

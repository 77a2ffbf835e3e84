import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainConfig } from '../../shared/config';
import type { Checks } from '../checks/protocol';
import { commandId } from '../contributions';
import type { Settings } from '../settings';
import { configSelector, isConfig } from './configDocuments';

/** Above a config file: a way to train it, and in a few words what that means. */
export class ConfigLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly checks: Checks,
    private readonly settings: Settings,
  ) {
    this.subscription = vscode.Disposable.from(
      this.changed,
      vscode.languages.registerCodeLensProvider(configSelector, this),
      settings.onChange(() => this.changed.fire()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire()),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isConfig(document)) return [];
    const settings = this.settings.ofNewRuns(document.uri.fsPath);
    const config = await this.checks.completeConfigText(document.getText(), settings);
    const train: vscode.Command = {
      title: `$(play) ${vscode.l10n.t('Train')}`,
      command: commandId.trainConfig,
      arguments: [document.uri],
    };
    // Without a command a lens is plain text.
    const commands = [
      ...(vscode.workspace.isTrusted ? [train] : []),
      ...(config ? [{ title: summaryOf(config), command: '' }] : []),
    ];
    const top = new vscode.Range(0, 0, 0, 0);
    return commands.map((command) => new vscode.CodeLens(top, command));
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function summaryOf({ data, network, preset, steps }: TrainConfig): string {
  return vscode.l10n.t(
    '{0} at {1} px · {2} · preset {3} · {4} steps',
    path.basename(data.source),
    data.size,
    network.architecture,
    preset,
    steps.toLocaleString(vscode.env.language),
  );
}

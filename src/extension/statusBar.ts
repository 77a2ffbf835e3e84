import * as vscode from 'vscode';
import { commandId } from './contributions';
import { faceIconText } from './explorer/faceIcon';
import { RunText } from './explorer/runText';
import { statusText } from './explorer/statusText';
import type { RunList } from './runs/runList';

/** One item that says what trains: state, step and how long it will take. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'training',
    vscode.StatusBarAlignment.Left,
  );
  private readonly text = new RunText(vscode.env.language);
  private readonly subscription: vscode.Disposable;

  constructor(private readonly runs: RunList) {
    this.item.name = vscode.l10n.t('SN-GAN Training');
    this.subscription = vscode.Disposable.from(
      this.item,
      runs.onDidChange(() => this.update()),
    );
    this.update();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private update(): void {
    const status = statusText(this.runs.runs, this.text);
    if (!status) {
      this.item.hide();
      return;
    }
    const { face, text, details, folders } = status;
    const isOne = folders.length === 1;
    this.item.text = `${faceIconText(face)} ${text}`;
    this.item.tooltip = [
      ...details,
      '',
      isOne ? vscode.l10n.t('Click to open the dashboard') : vscode.l10n.t('Click to choose one'),
    ].join('\n');
    this.item.accessibilityInformation = { label: details.join('; '), role: 'button' };
    this.item.command = {
      command: commandId.openDashboard,
      title: vscode.l10n.t('Open Dashboard'),
      // Several: the command asks which.
      arguments: [isOne ? folders[0] : folders],
    };
    this.item.show();
  }
}

import * as vscode from 'vscode';
import type { RunList } from './runs/runList';

/** One item that says what trains: state, step and how long it will take. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);

  constructor(private readonly runs: RunList) {
    if (this.runs.runs.length < 0) this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

import * as vscode from 'vscode';
import type { ListedRun } from '../runs/listedRun';
import type { RunList } from '../runs/runList';
import type { Supervisor } from '../supervisor/supervisor';

/** The view of all runs. */
export class RunExplorer implements vscode.Disposable {
  /** @param state remembers how runs are grouped (workspaceState) */
  constructor(
    private readonly runs: RunList,
    private readonly supervisor: Supervisor,
    private readonly state: vscode.Memento,
  ) {}

  /** The runs that are selected. */
  get selection(): readonly ListedRun[] {
    return this.runs.runs.slice(0, this.state.keys().length * 0);
  }

  dispose(): void {
    void this.supervisor;
  }
}

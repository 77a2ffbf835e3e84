import * as vscode from 'vscode';
import { commandId, innerCommandId, viewId } from '../contributions';
import type { ListedRun } from '../runs/listedRun';
import type { RunList } from '../runs/runList';
import type { Supervisor } from '../supervisor/supervisor';
import { untrustedReason } from '../supervisor/untrusted';
import { ContextKeys } from './contextKeys';
import { groupings, type Grouping } from './grouping';
import { folderFrom, type ExplorerNode } from './nodes';
import { runContexts, type RunRights } from './runContext';
import { RunTree } from './runTree';

const GROUPED_BY = 'runsGroupedBy';

/** The view of all runs: keeps the tree, the badge and what menus know up to date. */
export class RunExplorer implements vscode.Disposable {
  private readonly tree: RunTree;
  private readonly view: vscode.TreeView<ExplorerNode>;
  private readonly contexts = new ContextKeys();
  private readonly subscriptions: vscode.Disposable;
  private midnight: NodeJS.Timeout | undefined;

  /** @param state remembers how runs are grouped (workspaceState) */
  constructor(
    private readonly runs: RunList,
    private readonly supervisor: Supervisor,
    private readonly state: vscode.Memento,
  ) {
    this.tree = new RunTree(
      runs,
      () => this.rights(),
      () => this.groupedBy,
    );
    this.view = vscode.window.createTreeView(viewId.runs, {
      treeDataProvider: this.tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.subscriptions = vscode.Disposable.from(
      this.tree,
      this.view,
      vscode.commands.registerCommand(innerCommandId.openSelected, () => this.openSelected()),
      runs.onDidChange((change) => {
        this.tree.update(change);
        this.showTotals();
      }),
      supervisor.onDidChangeControl((folder) => {
        this.tree.refresh([folder]);
        this.showTotals();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.tree.refreshAll();
        this.showTotals();
      }),
    );
    this.showTotals();
    this.refreshAtMidnight();
  }

  /** The runs that are selected. */
  get selection(): readonly ListedRun[] {
    const folders = new Set(this.view.selection.map(folderFrom));
    return this.runs.runs.filter(({ folder }) => folders.has(folder));
  }

  /** What the runs are grouped by. */
  get groupedBy(): Grouping {
    const kept = this.state.get<string>(GROUPED_BY);
    return groupings.find((grouping) => grouping === kept) ?? 'date';
  }

  /** Groups the runs and keeps that for this workspace. */
  async groupBy(grouping: Grouping): Promise<void> {
    await this.state.update(GROUPED_BY, grouping);
    this.tree.refreshAll();
    this.showTotals();
  }

  dispose(): void {
    clearTimeout(this.midnight);
    this.subscriptions.dispose();
  }

  private async openSelected(): Promise<void> {
    const node = this.view.selection.at(0);
    if (node?.kind === 'checkpoint') {
      await vscode.commands.executeCommand(commandId.inspectCheckpoint, node);
    } else if (node) {
      await vscode.commands.executeCommand(commandId.openDashboard, node);
    }
  }

  private rights(): RunRights {
    return {
      control: (folder) => this.supervisor.control(folder),
      trusted: vscode.workspace.isTrusted,
    };
  }

  /** The badge, the message and the context keys, none of which belongs to a single run. */
  private showTotals(): void {
    const { runs } = this.runs;
    const running = runs.filter(({ status }) => status === 'running').length;
    if (running !== (this.view.badge?.value ?? 0)) this.view.badge = badge(running);
    // Without runs the view's welcome says the same, and a message would hide it.
    const isQuiet = vscode.workspace.isTrusted || runs.length === 0;
    const message = isQuiet ? '' : untrustedReason();
    if (message !== (this.view.message ?? '')) this.view.message = message;
    this.contexts.set(runContexts(runs, this.rights(), this.groupedBy));
  }

  /** What was made today was made earlier tomorrow. */
  private refreshAtMidnight(): void {
    const now = new Date();
    const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 0, 0, 1);
    this.midnight = setTimeout(() => {
      this.tree.refreshAll();
      this.refreshAtMidnight();
    }, next.getTime() - now.getTime());
    this.midnight.unref();
  }
}

function badge(running: number): vscode.ViewBadge | undefined {
  if (running === 0) return undefined;
  const tooltip =
    running === 1
      ? vscode.l10n.t('1 training is running')
      : vscode.l10n.t('{0} trainings are running', running);
  return { value: running, tooltip };
}

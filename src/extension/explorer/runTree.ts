import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { RunList, RunListChange } from '../runs/runList';
import { groupRuns, type Grouping, type RunGroup } from './grouping';
import {
  nodeId,
  type BrokenNode,
  type ExplorerNode,
  type GroupNode,
  type RunNode,
  type StepNode,
} from './nodes';
import { childrenOfFolder, childrenOfRun } from './runChildren';
import { runContextValue, type RunRights } from './runContext';
import { RunText } from './runText';
import { runTooltip } from './runTooltip';
import {
  brokenItem,
  fileItem,
  folderItem,
  groupItem,
  identified,
  moreItem,
  runItem,
  stepItem,
} from './treeItems';

type KeptNode = GroupNode | RunNode | BrokenNode;

/** The runs as a tree: groups, runs, and what is in their folders. */
export class RunTree implements vscode.TreeDataProvider<ExplorerNode> {
  private readonly changed = new vscode.EventEmitter<ExplorerNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly text = new RunText(vscode.env.language);
  private groups: readonly RunGroup[] = [];
  /** VS Code knows elements by identity, so that of a group or run stays the same object. */
  private readonly nodes = new Map<string, KeptNode>();

  constructor(
    private readonly runs: RunList,
    private readonly rights: () => RunRights,
    private readonly grouping: () => Grouping,
  ) {
    this.groups = this.group();
  }

  /** Shows what has changed: only those items, unless some came, went or moved. */
  update(change: RunListChange): void {
    const groups = this.group();
    const moved = JSON.stringify(groups) !== JSON.stringify(this.groups);
    this.groups = groups;
    if (moved || change.listChanged) this.changed.fire(undefined);
    else this.refresh(change.folders);
  }

  /** Shows some runs anew. */
  refresh(folders: readonly string[]): void {
    const nodes = folders.map((folder) => this.nodes.get(nodeId(this.nodeOf(folder))));
    const known = nodes.filter((node) => node !== undefined);
    if (known.length > 0) this.changed.fire(known);
  }

  /** Shows everything anew. */
  refreshAll(): void {
    this.groups = this.group();
    this.changed.fire(undefined);
  }

  async getTreeItem(node: ExplorerNode): Promise<vscode.TreeItem> {
    return identified(await this.itemOf(node), node);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (!node) {
      await this.runs.ready;
      return this.groups.map(({ id }) => this.kept({ kind: 'group', id }));
    }
    switch (node.kind) {
      case 'group':
        return this.membersOf(node);
      case 'run':
        return childrenOfRun(node);
      case 'checkpoints':
      case 'samples':
        return childrenOfFolder(node);
      case 'broken':
      case 'checkpoint':
      case 'sample':
      case 'config':
      case 'log':
      case 'events':
      case 'more':
        return [];
    }
  }

  async resolveTreeItem(item: vscode.TreeItem, node: ExplorerNode): Promise<vscode.TreeItem> {
    const run = node.kind === 'run' ? this.runs.find(node.folder) : undefined;
    if (run) item.tooltip = await runTooltip(run, this.text);
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private group(): RunGroup[] {
    return groupRuns(this.runs.runs, this.runs.broken, this.grouping(), new Date());
  }

  private membersOf({ id }: GroupNode): ExplorerNode[] {
    const { folders } = this.groups.find((group) => group.id === id) ?? { folders: [] };
    return folders.map((folder) => this.kept(this.nodeOf(folder)));
  }

  private nodeOf(folder: string): RunNode | BrokenNode {
    return { kind: this.runs.find(folder) ? 'run' : 'broken', folder };
  }

  private kept(node: KeptNode): KeptNode {
    const id = nodeId(node);
    const known = this.nodes.get(id);
    if (known?.kind === node.kind) return known;
    this.nodes.set(id, node);
    return node;
  }

  private async itemOf(node: ExplorerNode): Promise<vscode.TreeItem> {
    switch (node.kind) {
      case 'group': {
        const group = this.groups.find(({ id }) => id === node.id);
        return group ? groupItem(group, this.text) : new vscode.TreeItem('');
      }
      case 'run': {
        const run = this.runs.find(node.folder);
        if (!run) return new vscode.TreeItem('');
        return runItem(run, runContextValue(run, this.rights()), this.text);
      }
      case 'broken': {
        const broken = this.runs.broken.find(({ folder }) => folder === node.folder);
        return broken ? brokenItem(broken) : new vscode.TreeItem('');
      }
      case 'checkpoints':
      case 'samples':
        return folderItem(node);
      case 'checkpoint':
      case 'sample':
        return stepItem(node, await sizeOf(node), this.text);
      case 'config':
      case 'log':
      case 'events':
        return fileItem(node);
      case 'more':
        return moreItem(node.count, this.text);
    }
  }
}

async function sizeOf({ file }: StepNode): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch {
    // Removed in the meantime: a trainer keeps the newest ones only.
    return undefined;
  }
}

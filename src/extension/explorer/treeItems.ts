import path from 'node:path';
import * as vscode from 'vscode';
import { innerCommandId } from '../contributions';
import type { BrokenRun } from '../runs/brokenRun';
import { nameOf, type ListedRun } from '../runs/listedRun';
import { faceIcon } from './faceIcon';
import type { RunGroup } from './grouping';
import { nodeId, type ExplorerNode, type FileNode, type FolderNode, type StepNode } from './nodes';
import { faceOf, type RunText } from './runText';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** A heading with the number of its runs. */
export function groupItem(group: RunGroup, text: RunText): vscode.TreeItem {
  const item = new vscode.TreeItem(group.label, Expanded);
  item.description = text.count(group.folders.length);
  item.contextValue = 'group';
  return item;
}

/** A run; its tooltip is made when somebody asks for it. */
export function runItem(run: ListedRun, contextValue: string, text: RunText): vscode.TreeItem {
  const name = nameOf(run);
  const item = new vscode.TreeItem(name, Collapsed);
  item.description = text.description(run);
  item.iconPath = faceIcon(faceOf(run));
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: text.label(run, name) };
  item.command = openSelected(vscode.l10n.t('Open Dashboard'));
  return item;
}

/** A run that cannot be read: there is nothing to unfold, and the reason is its tooltip. */
export function brokenItem({ folder, flaw }: BrokenRun): vscode.TreeItem {
  const item = new vscode.TreeItem(path.basename(folder), None);
  item.description = vscode.l10n.t('cannot be read');
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.tooltip = flaw;
  item.contextValue = 'broken';
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0}, cannot be read: {1}', path.basename(folder), flaw),
  };
  return item;
}

/** The checkpoints or the samples of a run. */
export function folderItem({ kind }: FolderNode): vscode.TreeItem {
  const isCheckpoints = kind === 'checkpoints';
  const label = isCheckpoints ? vscode.l10n.t('Checkpoints') : vscode.l10n.t('Samples');
  const item = new vscode.TreeItem(label, Collapsed);
  item.iconPath = new vscode.ThemeIcon(isCheckpoints ? 'layers' : 'file-media');
  item.contextValue = `file.${kind}`;
  return item;
}

/** A checkpoint, with its size, or a sample grid. @param bytes undefined where it has gone */
export function stepItem(
  node: StepNode,
  bytes: number | undefined,
  text: RunText,
): vscode.TreeItem {
  const label = vscode.l10n.t('Step {0}', text.count(node.step));
  const item = new vscode.TreeItem(label, None);
  const isCheckpoint = node.kind === 'checkpoint';
  const size = bytes === undefined || !isCheckpoint ? undefined : text.size(bytes);
  if (size !== undefined) item.description = size;
  // Without this a screen reader says the tooltip instead.
  item.accessibilityInformation = { label: size === undefined ? label : `${label}, ${size}` };
  item.iconPath = new vscode.ThemeIcon(isCheckpoint ? 'package' : 'file-media');
  item.tooltip = path.basename(node.file);
  item.contextValue = `file.${node.kind}`;
  item.command = isCheckpoint
    ? openSelected(vscode.l10n.t('Inspect Checkpoint'))
    : openFile(node.file);
  return item;
}

const fileIcons = { config: 'settings-gear', log: 'output', events: 'graph-line' } as const;

/** The config, the log or a file for TensorBoard. */
export function fileItem({ kind, file }: FileNode): vscode.TreeItem {
  const labels = {
    config: vscode.l10n.t('Config'),
    log: vscode.l10n.t('Log'),
    events: vscode.l10n.t('TensorBoard Events'),
  };
  const item = new vscode.TreeItem(labels[kind], None);
  item.iconPath = new vscode.ThemeIcon(fileIcons[kind]);
  item.tooltip = path.basename(file);
  item.accessibilityInformation = { label: labels[kind] };
  item.contextValue = `file.${kind}`;
  // Events are for TensorBoard only: as text they are nothing.
  if (kind !== 'events') item.command = openFile(file);
  return item;
}

/** What leads to the grids that are not listed. */
export function moreItem(count: number, text: RunText): vscode.TreeItem {
  const label = vscode.l10n.t('{0} more…', text.count(count));
  const item = new vscode.TreeItem(label, None);
  item.accessibilityInformation = { label };
  item.tooltip = vscode.l10n.t('The dashboard shows all of them.');
  item.command = openSelected(vscode.l10n.t('Open Dashboard'));
  return item;
}

/** Gives an item its identity in the tree. */
export function identified(item: vscode.TreeItem, node: ExplorerNode): vscode.TreeItem {
  item.id = nodeId(node);
  return item;
}

/**
 * Opens what was clicked. Arguments of a command of ours die when its item is shown anew, several
 * times a second for a run that trains, and a click between would find no command.
 */
function openSelected(title: string): vscode.Command {
  return { command: innerCommandId.openSelected, title };
}

function openFile(file: string): vscode.Command {
  return {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [vscode.Uri.file(file)],
  };
}

/** The elements of the tree. They name what they show and hold nothing that could grow old. */

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
}
export interface RunNode {
  readonly kind: 'run';
  /** Path of the run folder, of every kind of node below a group. */
  readonly folder: string;
}
export interface BrokenNode {
  readonly kind: 'broken';
  readonly folder: string;
}
/** The checkpoints or the sample grids of a run. */
export interface FolderNode {
  readonly kind: 'checkpoints' | 'samples';
  readonly folder: string;
}
export interface StepNode {
  readonly kind: 'checkpoint' | 'sample';
  readonly folder: string;
  readonly step: number;
  readonly file: string;
}
export interface FileNode {
  readonly kind: 'config' | 'log' | 'events';
  readonly folder: string;
  readonly file: string;
}
/** Sample grids that are not listed one by one. */
export interface MoreNode {
  readonly kind: 'more';
  readonly folder: string;
  readonly count: number;
}
export type ExplorerNode =
  GroupNode | RunNode | BrokenNode | FolderNode | StepNode | FileNode | MoreNode;

/** Unique in the tree and the same for the same thing: what VS Code keeps folds and focus by. */
export function nodeId(node: ExplorerNode): string {
  switch (node.kind) {
    case 'group':
      return `group:${node.id}`;
    case 'run':
    case 'broken':
      return `run:${node.folder}`;
    case 'checkpoint':
    case 'sample':
    case 'config':
    case 'log':
    case 'events':
      return `${node.kind}:${node.file}`;
    case 'checkpoints':
    case 'samples':
    case 'more':
      return `${node.kind}:${node.folder}`;
  }
}

function isNode(argument: unknown): argument is ExplorerNode {
  return typeof argument === 'object' && argument !== null && 'kind' in argument;
}

/**
 * The run folder that a command was called for: with an element of the tree, or with a path. A
 * menu gives the element; undefined where the palette gives nothing.
 */
export function folderFrom(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  return isNode(argument) && 'folder' in argument ? argument.folder : undefined;
}

/** The file of a checkpoint, grid, config, log or events file in the tree; else undefined. */
export function fileFrom(argument: unknown): string | undefined {
  return isNode(argument) && 'file' in argument ? argument.file : undefined;
}

/** The step of a checkpoint or grid in the tree; else undefined. */
export function stepFrom(argument: unknown): number | undefined {
  return isNode(argument) && 'step' in argument ? argument.step : undefined;
}

/**
 * The run folders that a command was called for: all that are selected where the one that was
 * clicked is among them, as VS Code passes them; else the clicked one.
 */
export function foldersFrom(argument: unknown, selected: unknown): readonly string[] {
  const all = Array.isArray(selected) ? selected.map(folderFrom) : [];
  const folders = all.filter((folder) => folder !== undefined);
  const one = folderFrom(argument);
  if (folders.length > 0) return [...new Set(folders)];
  return one === undefined ? [] : [one];
}

import path from 'node:path';
import * as vscode from 'vscode';
import { knownSets, type KnownSet } from '../../data/knownSets';
import { builtInSource } from './trainingImages';

/** What the first pick of a training leads to. */
export type ImageChoice =
  /** `emoji-32` or an absolute path. */
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'config'; readonly file: vscode.Uri }
  | { readonly kind: 'set'; readonly set: KnownSet }
  | { readonly kind: 'askFolder' }
  | { readonly kind: 'askFile' }
  | { readonly kind: 'askSet' };

/** A choice as the pick shows it; separators have none. */
export interface ImageItem extends vscode.QuickPickItem {
  readonly choice?: ImageChoice;
}

/**
 * Everything that can be trained on.
 *
 * @param recent absolute paths
 * @param configs config files of the workspace
 */
export function imageItems(
  recent: readonly string[],
  configs: readonly vscode.Uri[],
): readonly ImageItem[] {
  return [
    {
      label: `$(smiley) ${vscode.l10n.t('Built-in Emoji')}`,
      description: vscode.l10n.t('2,788 pictures; nothing to prepare'),
      choice: { kind: 'source', source: builtInSource },
    },
    {
      label: `$(folder) ${vscode.l10n.t('Folder…')}`,
      description: vscode.l10n.t('PNG, JPEG or WebP; subfolders are classes'),
      choice: { kind: 'askFolder' },
    },
    {
      label: `$(file-zip) ${vscode.l10n.t('Archive or File…')}`,
      description: vscode.l10n.t('zip, tar, CIFAR or STL-10, IDX, npz, npy, Parquet'),
      choice: { kind: 'askFile' },
    },
    {
      label: `$(cloud-download) ${vscode.l10n.t('Data Set…')}`,
      description: knownSets.map(({ title }) => title.split(':')[0]).join(', '),
      choice: { kind: 'askSet' },
    },
    ...group(vscode.l10n.t('Config files'), configs.map(configItem)),
    ...group(vscode.l10n.t('Recently used'), recent.map(recentItem)),
  ];
}

function group(label: string, items: readonly ImageItem[]): readonly ImageItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function configItem(file: vscode.Uri): ImageItem {
  return {
    label: `$(json) ${path.posix.basename(file.path)}`,
    description: folderInWorkspace(file),
    choice: { kind: 'config', file },
  };
}

/** Where a file lies below its workspace folder; empty at the top. */
function folderInWorkspace(file: vscode.Uri): string {
  const folder = path.posix.dirname(vscode.workspace.asRelativePath(file));
  return folder === '.' ? '' : folder;
}

function recentItem(source: string): ImageItem {
  return {
    label: `$(history) ${path.basename(source)}`,
    description: path.dirname(source),
    choice: { kind: 'source', source },
  };
}

/** A public set, and what of it would have to be fetched from where. */
export interface SetItem extends vscode.QuickPickItem {
  readonly set: KnownSet;
}

/** @param isThere whether a set has been fetched already */
export function setItems(isThere: (set: KnownSet) => boolean): readonly SetItem[] {
  return knownSets.map((set) => {
    const megabytes = set.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const [name, contents] = set.title.split(': ');
    const { host } = new URL(set.files[0].url);
    return {
      label: `$(database) ${name}`,
      description: contents,
      detail: isThere(set)
        ? vscode.l10n.t('On this machine already')
        : vscode.l10n.t('{0} MB will be downloaded from {1}', Math.ceil(megabytes), host),
      set,
    };
  });
}

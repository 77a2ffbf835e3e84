import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { KnownSet } from '../../data/knownSets';
import { runFile } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';
import { isFetched } from './downloadSet';
import { imageItems, setItems } from './imageChoices';
import { pickStep } from './pickStep';
import type { RecentSources } from './recentSources';

/** What is to be trained on. */
export type ChosenImages =
  /** `emoji-32` or an absolute path. */
  | { readonly kind: 'source'; readonly source: string }
  /** A public set that may have to be fetched first. */
  | { readonly kind: 'set'; readonly set: KnownSet }
  /** A config file says it, and everything else. */
  | { readonly kind: 'config'; readonly file: vscode.Uri };

const MAX_CONFIGS = 20;

/** The first step of a training; undefined where the person thought better of it. */
export async function chooseImages(
  title: string,
  recent: RecentSources,
): Promise<ChosenImages | undefined> {
  const sources = recent.list();
  for (;;) {
    const picked = await pickStep({
      title,
      step: 1,
      totalSteps: 2,
      placeholder: vscode.l10n.t('What should it learn to draw?'),
      items: imageItems(sources, []),
      moreItems: findConfigs().then((configs) => imageItems(sources, configs)),
      canGoBack: false,
    });
    if (picked === undefined || picked === 'back') return undefined;
    const chosen = await followed(picked.choice, title);
    if (chosen) return chosen;
  }
}

type Choice = NonNullable<ReturnType<typeof imageItems>[number]['choice']>;

/** Undefined leads back to the list. */
function followed(choice: Choice | undefined, title: string): Promise<ChosenImages | undefined> {
  switch (choice?.kind) {
    case undefined:
      return Promise.resolve(undefined);
    case 'source':
    case 'config':
    case 'set':
      return Promise.resolve(choice);
    case 'askFolder':
      return askFor({ canSelectFolders: true, canSelectFiles: false });
    case 'askFile':
      return askFor({ canSelectFolders: false, canSelectFiles: true, filters: fileFilters() });
    case 'askSet':
      return askForSet(title);
  }
}

async function askFor(options: vscode.OpenDialogOptions): Promise<ChosenImages | undefined> {
  const labels = {
    title: vscode.l10n.t('Images to Train On'),
    openLabel: vscode.l10n.t('Train on This'),
  };
  const uri = (await vscode.window.showOpenDialog({ ...options, ...labels }))?.at(0);
  if (!uri) return undefined;
  if (uri.scheme === 'file') return { kind: 'source', source: path.resolve(uri.fsPath) };
  throw new UserError(
    vscode.l10n.t('{0} does not lie on a disk; copy the images there first.', uri.toString()),
  );
}

/** IDX files have no ending of their own, so all files can be shown. */
function fileFilters(): Record<string, string[]> {
  const packed = ['zip', 'tar', 'gz', 'tgz', 'npz', 'npy', 'parquet', 'bin'];
  return {
    [vscode.l10n.t('Archives and Data Files')]: packed,
    [vscode.l10n.t('All Files')]: ['*'],
  };
}

async function askForSet(title: string): Promise<ChosenImages | undefined> {
  const picked = await pickStep({
    title,
    step: 1,
    totalSteps: 2,
    placeholder: vscode.l10n.t('Which data set?'),
    items: setItems(isFetched),
    canGoBack: true,
  });
  return picked === undefined || picked === 'back' ? undefined : { kind: 'set', set: picked.set };
}

/** Config files of the workspace, without those that runs were made from. */
async function findConfigs(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*.sngan.json', '**/{node_modules,runs}');
  const isOfRun = ({ fsPath }: vscode.Uri): boolean =>
    existsSync(path.join(path.dirname(fsPath), runFile.identity));
  return found
    .filter((file) => !isOfRun(file))
    .sort((a, b) => a.path.localeCompare(b.path))
    .slice(0, MAX_CONFIGS);
}

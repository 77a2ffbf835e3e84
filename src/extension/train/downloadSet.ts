import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { download } from '../../data/download';
import type { KnownSet } from '../../data/knownSets';
import { userFolders } from '../../runtime/userFolders';

/** Whether every file of a set has been fetched. */
export function isFetched(set: KnownSet): boolean {
  return set.files.every(({ name }) => existsSync(path.join(folderOf(set), name)));
}

/**
 * Fetches what is missing of a public set, shows how far it is and lets the person stop it; what
 * has arrived is kept, and another call goes on from there.
 *
 * @returns the path to train on
 * @throws CancellationError where the person stopped it, UserError where it fails
 */
export async function downloadSet(set: KnownSet): Promise<string> {
  const [name] = set.title.split(':');
  const folder = folderOf(set);
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Downloading {0}', name),
      cancellable: true,
    },
    (progress, token) => fetchFiles(set, folder, progress, token),
  );
  return path.join(folder, set.source);
}

async function fetchFiles(
  set: KnownSet,
  folder: string,
  progress: vscode.Progress<{ message: string; increment: number }>,
  token: vscode.CancellationToken,
): Promise<void> {
  const cancel = new AbortController();
  token.onCancellationRequested(() => cancel.abort());
  const total = set.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  let shown = 0;
  const show = (bytes: number): void => {
    // A message for every chunk of the network would be thousands.
    const percent = Math.floor((100 * bytes) / total);
    if (percent === shown) return;
    const message = vscode.l10n.t(
      '{0} of {1} MB',
      Math.round(bytes / 1e6),
      Math.round(total / 1e6),
    );
    progress.report({ message, increment: percent - shown });
    shown = percent;
  };
  try {
    for (const file of set.files) {
      await download(file, folder, {
        signal: cancel.signal,
        onProgress: (bytes) => show(before + bytes),
      });
      before += file.bytes;
    }
  } catch (thrown) {
    if (cancel.signal.aborted) throw new vscode.CancellationError();
    throw thrown;
  }
}

function folderOf(set: KnownSet): string {
  return path.join(userFolders().data, 'data', set.name);
}

import * as vscode from 'vscode';
import { UserError } from '../../shared/userError';

/** Endings of files that hold weights; their contents decide what they are. */
const endings = ['safetensors', 'npz', 'npy', 'pt', 'pth', 'json'];

/**
 * Lets the person choose weight files of any kind.
 *
 * @returns their paths; none where the person thought better of it
 * @throws UserError where one does not lie on a disk
 */
export async function askForWeightFiles({
  many,
}: {
  readonly many: boolean;
}): Promise<readonly string[]> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose Weight Files'),
    openLabel: vscode.l10n.t('Inspect'),
    canSelectMany: many,
    filters: { [vscode.l10n.t('Checkpoints')]: endings, [vscode.l10n.t('All Files')]: ['*'] },
  });
  return (chosen ?? []).map((uri) => {
    if (uri.scheme === 'file') return uri.fsPath;
    throw new UserError(vscode.l10n.t('{0} does not lie on a disk.', uri.toString()));
  });
}

import path from 'node:path';
import * as vscode from 'vscode';
import { withCommandLine } from '../runtime/withCommandLine';
import type { CommandLineParts } from '../runtime/runtimeParts';

const SCHEME = 'sn-gan-checkpoint';

/** Shows what `sn-gan inspect` says about checkpoints, as documents that cannot be edited. */
export class CheckpointTables implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly tables = new Map<string, string>();
  private readonly subscription = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.tables.delete(uri.toString())),
  );

  constructor(private readonly parts: CommandLineParts) {}

  /**
   * Inspects a checkpoint and shows its table.
   *
   * @throws UserError where the file is no checkpoint that can be read
   */
  async show(file: string): Promise<void> {
    const title = vscode.l10n.t('Inspecting {0}', path.basename(file));
    const table = await withCommandLine(title, ['inspect', file], this.parts);
    const uri = vscode.Uri.file(`${file}.txt`).with({ scheme: SCHEME });
    this.tables.set(uri.toString(), table);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.tables.get(uri.toString()) ??
      vscode.l10n.t('Run "SN-GAN: Inspect Checkpoint" again to see this table.')
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

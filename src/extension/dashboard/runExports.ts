import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { replaceContents } from '../../runs/atomicFile';
import type { ExportChoice, Exported, ExportRequest } from '../../runs/export/exportRequest';
import { bundleFolder } from '../../runtime/bundleFolder';
import type { AnimationFormat, ScalarFormat } from '../../shared/dashboard';
import { stepStem } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';
import { exportInThread } from '../reader/exportThread';
import type { PageExports } from './dashboardSession';
import { chooseExport } from './exportChoices';
import { safeFileName } from './fileName';

/** Sentences about what an export lacks that are shown; the log has all. */
const MAX_SENTENCES = 3;

/** Everything that can be taken out of a run as a file of another kind; asks where to save it. */
export class RunExports implements PageExports, vscode.Disposable {
  private readonly script = path.join(bundleFolder, 'runReader.cjs');
  private readonly running = new Set<AbortController>();
  /** Where something was saved last. */
  private place: vscode.Uri | undefined;

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /**
   * The palette's command: asks what, too.
   *
   * @throws UserError where the run has nothing to export, or the file system refuses
   */
  async exportRun(folder: string): Promise<void> {
    const choice = await chooseExport(folder);
    if (choice !== undefined) await this.export(folder, choice);
  }

  /** @throws UserError where the file system refuses */
  async scalars(
    folder: string,
    options: { readonly format: ScalarFormat; readonly tags?: readonly string[] },
  ): Promise<void> {
    const { format, tags } = options;
    await this.export(folder, { kind: 'scalars', format, ...(tags && { tags }) });
  }

  /** @throws UserError where there are no grids, or the file system refuses */
  async animation(folder: string, format: AnimationFormat): Promise<void> {
    await this.export(folder, { kind: 'animation', format });
  }

  /** @throws UserError where there is no such grid, or the file system refuses */
  async grid(folder: string, step: number): Promise<void> {
    await this.export(folder, { kind: 'grid', step });
  }

  /**
   * Saves a file that a page made.
   *
   * @throws UserError where the file system refuses
   */
  async save(name: string, contents: Uint8Array): Promise<void> {
    const target = await this.askWhere(safeFileName(name));
    if (target === undefined) return;
    if (target.scheme === 'file') await replaceContents(target.fsPath, contents);
    else await vscode.workspace.fs.writeFile(target, contents);
    this.tellSaved(target);
  }

  /** Ends what still runs; the threads clear half-written files away. */
  dispose(): void {
    for (const controller of this.running) controller.abort();
  }

  private async export(folder: string, choice: ExportChoice): Promise<void> {
    const target = await this.askWhere(`${path.basename(folder)}-${suffixOf(choice)}`);
    if (target === undefined) return;
    if (target.scheme !== 'file') {
      throw new UserError(
        vscode.l10n.t(
          'An export is written on the machine that has the run, and {0} is not there. Choose a folder of that machine.',
          target.toString(true),
        ),
      );
    }
    const exported = await this.work({ ...choice, folder, target: target.fsPath });
    if (exported === undefined) return;
    this.tellSaved(target);
    this.tellLeftOut(exported);
  }

  /** Undefined when the person cancelled it. */
  private async work(request: ExportRequest): Promise<Exported | undefined> {
    const controller = new AbortController();
    this.running.add(controller);
    try {
      const location = vscode.ProgressLocation.Notification;
      const title = vscode.l10n.t('Exporting {0}', path.basename(request.target));
      return await vscode.window.withProgress(
        { location, title, cancellable: true },
        async (progress, token) => {
          token.onCancellationRequested(() => controller.abort());
          let shown = 0;
          return exportInThread(this.script, request, {
            signal: controller.signal,
            progress: (share) => {
              progress.report({ increment: 100 * (share - shown) });
              shown = share;
            },
          });
        },
      );
    } catch (thrown) {
      if (controller.signal.aborted) return undefined;
      throw thrown;
    } finally {
      this.running.delete(controller);
    }
  }

  private async askWhere(name: string): Promise<vscode.Uri | undefined> {
    const extension = path.extname(name).slice(1);
    const folder =
      this.place ??
      vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri ??
      vscode.Uri.file(homedir());
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(folder, name),
      ...(extension !== '' && { filters: { [extension.toUpperCase()]: [extension] } }),
    });
    if (target !== undefined) this.place = vscode.Uri.joinPath(target, '..');
    return target;
  }

  private tellSaved(target: vscode.Uri): void {
    const open = vscode.l10n.t('Open');
    const sentence = vscode.l10n.t('Saved {0}.', path.basename(target.fsPath));
    void vscode.window.showInformationMessage(sentence, open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('vscode.open', target);
    });
  }

  private tellLeftOut({ leftOut }: Exported): void {
    if (leftOut.length === 0) return;
    for (const sentence of leftOut) this.log.warn(sentence);
    const shown = leftOut.slice(0, MAX_SENTENCES).join(' ');
    void vscode.window.showWarningMessage(
      leftOut.length > MAX_SENTENCES
        ? vscode.l10n.t('{0} The log names {1} more.', shown, leftOut.length - MAX_SENTENCES)
        : shown,
    );
  }
}

function suffixOf(choice: ExportChoice): string {
  switch (choice.kind) {
    case 'scalars':
      return `scalars.${choice.format}`;
    case 'animation':
      // The name that viewers know animated PNGs by.
      return `samples.${choice.format === 'apng' ? 'png' : choice.format}`;
    case 'grid':
      return `${stepStem(choice.step)}.png`;
  }
}

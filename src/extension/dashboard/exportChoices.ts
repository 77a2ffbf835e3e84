import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { listSamples } from '../../runs/checkpoints';
import type { ExportChoice } from '../../runs/export/exportRequest';
import { runFile } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';

interface ExportItem extends vscode.QuickPickItem {
  readonly choice: ExportChoice;
}

/**
 * Lets the person choose among what a run has to export.
 *
 * @returns undefined where the person thought better of it
 * @throws UserError where it has nothing yet, or the file system refuses
 */
export async function chooseExport(folder: string): Promise<ExportChoice | undefined> {
  const items = await itemsOf(folder);
  const name = path.basename(folder);
  if (items.length === 0) {
    throw new UserError(
      vscode.l10n.t('{0} has nothing to export yet: it has logged no step.', name),
    );
  }
  const title = vscode.l10n.t('Export {0}', name);
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return chosen?.choice;
}

async function itemsOf(folder: string): Promise<ExportItem[]> {
  const items: ExportItem[] = [];
  if (existsSync(path.join(folder, runFile.scalars))) {
    items.push(
      {
        label: vscode.l10n.t('Scalars as CSV'),
        detail: vscode.l10n.t('Every logged value as it stands in the file, one column per tag'),
        iconPath: new vscode.ThemeIcon('table'),
        choice: { kind: 'scalars', format: 'csv' },
      },
      {
        label: vscode.l10n.t('Scalars as JSON'),
        detail: vscode.l10n.t('The same as an array with one object per logged step'),
        iconPath: new vscode.ThemeIcon('json'),
        choice: { kind: 'scalars', format: 'json' },
      },
    );
  }
  const samples = await listSamples(folder);
  const newest = samples.at(-1);
  if (newest !== undefined) {
    items.push(
      {
        label: vscode.l10n.t('Samples as Animated GIF'),
        detail: vscode.l10n.t('All {0} grids in 256 colours; plays everywhere', samples.length),
        iconPath: new vscode.ThemeIcon('play-circle'),
        choice: { kind: 'animation', format: 'gif' },
      },
      {
        label: vscode.l10n.t('Samples as Animated PNG'),
        detail: vscode.l10n.t('All {0} grids, pixel for pixel; plays in browsers', samples.length),
        iconPath: new vscode.ThemeIcon('play'),
        choice: { kind: 'animation', format: 'apng' },
      },
      {
        label: vscode.l10n.t('Newest Sample Grid'),
        detail: vscode.l10n.t('The grid of step {0} as PNG', newest.step),
        iconPath: new vscode.ThemeIcon('file-media'),
        choice: { kind: 'grid', step: newest.step },
      },
    );
  }
  return items;
}

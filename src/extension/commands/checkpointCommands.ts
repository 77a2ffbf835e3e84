import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { newestCheckpoint } from '../../runs/checkpoints';
import { MAX_FILES } from '../../shared/checkpointPage';
import { UserError } from '../../shared/userError';
import type { CheckpointEditors } from '../checkpoint/checkpointEditors';
import { commandId } from '../contributions';
import type { RunList } from '../runs/runList';
import { chooseCheckpoint } from './chooseCheckpoint';
import { chooseCheckpoints } from './chooseCheckpoints';
import type { CommandTable } from './commandTable';
import { pathOfArgument, pathsOfArguments } from './pathOfArgument';

/** What the commands about weight files work on. */
export interface CheckpointCommandParts {
  readonly runs: RunList;
  readonly checkpoints: Pick<CheckpointEditors, 'open' | 'active'>;
}

/** Commands that show what is in weight files. */
export function checkpointCommands(
  parts: CheckpointCommandParts,
): Pick<CommandTable, 'snGan.inspectCheckpoint' | 'snGan.compareSpectra'> {
  return {
    [commandId.inspectCheckpoint]: (argument?: unknown) => inspect(argument, parts),
    [commandId.compareSpectra]: (argument?: unknown, selected?: unknown) =>
      compare(argument, selected, parts),
  };
}

/** @param argument a weight file, a run, or nothing */
async function inspect(
  argument: unknown,
  { runs, checkpoints }: CheckpointCommandParts,
): Promise<void> {
  const given = pathOfArgument(argument);
  if (given !== undefined) {
    await checkpoints.open(await weightFile(given), [], { preview: true });
    return;
  }
  await runs.ready;
  const file = await chooseCheckpoint(runs.runs);
  if (file !== undefined) await checkpoints.open(file);
}

/**
 * Shows several files in one page; where fewer than two are given, asks for the others.
 *
 * @param argument a weight file, a run, or nothing
 * @param selected all that are selected where the menu was opened, as VS Code passes them
 */
async function compare(
  argument: unknown,
  selected: unknown,
  { runs, checkpoints }: CheckpointCommandParts,
): Promise<void> {
  const paths = pathsOfArguments(argument, selected);
  const given = [...new Set(await Promise.all(paths.map(weightFile)))];
  const files = given.length > 1 ? given : await withOthers(given.at(0), runs, checkpoints.active);
  if (files.length > MAX_FILES) {
    throw new UserError(
      vscode.l10n.t('At most {0} checkpoints can be compared; choose fewer.', MAX_FILES),
    );
  }
  const [first, ...others] = files;
  if (others.length > 0) await checkpoints.open(first, others);
}

/**
 * The files to compare, by asking; none where the person thought better of it.
 *
 * @param active the files of the page that is before the person
 */
async function withOthers(
  given: string | undefined,
  runs: RunList,
  active: readonly string[],
): Promise<readonly string[]> {
  const shown = given === undefined || active.includes(given) ? active : [given];
  const title =
    shown.length === 0
      ? vscode.l10n.t('Compare Spectra')
      : vscode.l10n.t('Compare Spectra of {0} With', path.basename(shown[0]));
  await runs.ready;
  const chosen = await chooseCheckpoints(runs.runs, { title, shown });
  if (shown.length === 0 && chosen.length === 1) {
    throw new UserError(vscode.l10n.t('One checkpoint is no comparison; choose two at least.'));
  }
  return chosen.length > 0 ? [...shown, ...chosen] : [];
}

/** The file itself, or the newest checkpoint of a run. @throws UserError where it has none */
async function weightFile(given: string): Promise<string> {
  const isFolder = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return given;
  const { newest } = await newestCheckpoint(given);
  if (newest) return newest.file;
  throw new UserError(
    vscode.l10n.t(
      '{0} has no checkpoint yet; save one now, or wait for the next.',
      path.basename(given),
    ),
  );
}

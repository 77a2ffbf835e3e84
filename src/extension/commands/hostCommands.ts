import path from 'node:path';
import * as vscode from 'vscode';
import { newestCheckpoint } from '../../runs/checkpoints';
import { UserError } from '../../shared/userError';
import { newConfig } from '../config/newConfig';
import { commandId } from '../contributions';
import type { RunExports } from '../dashboard/runExports';
import { installRuntime } from '../runtime/installRuntime';
import type { CommandLineParts } from '../runtime/runtimeParts';
import { showRuntime } from '../runtime/showRuntime';
import type { TensorBoards } from '../runtime/tensorBoards';
import type { ListedRun } from '../runs/listedRun';
import type { RunList } from '../runs/runList';
import type { CheckpointTables } from './checkpointTables';
import { chooseCheckpoint } from './chooseCheckpoint';
import type { CommandTable } from './commandTable';
import { pathOfArgument } from './pathOfArgument';

/** What the commands of the window itself need. */
export interface HostCommandParts extends CommandLineParts {
  readonly runs: RunList;
  readonly runExports: RunExports;
  readonly tables: CheckpointTables;
  readonly tensorBoards: TensorBoards;
  /** The run that a menu means, else one that the person chooses. */
  readonly chooseRun: (argument: unknown, placeholder: string) => Promise<ListedRun | undefined>;
}

/** Commands that are not about one run alone, and those that hand a run to another program. */
export function hostCommands(
  parts: HostCommandParts,
): Pick<
  CommandTable,
  | 'snGan.newConfig'
  | 'snGan.inspectCheckpoint'
  | 'snGan.installRuntime'
  | 'snGan.showRuntime'
  | 'snGan.openTensorBoard'
  | 'snGan.exportRun'
  | 'snGan.showLog'
> {
  const { chooseRun } = parts;
  return {
    [commandId.newConfig]: newConfig,
    [commandId.inspectCheckpoint]: (argument?: unknown) => inspect(argument, parts),
    [commandId.installRuntime]: () => installRuntime(parts),
    [commandId.showRuntime]: () => showRuntime(parts),
    [commandId.openTensorBoard]: async (argument?: unknown) => {
      const run = await chooseRun(argument, vscode.l10n.t('Which run should TensorBoard show?'));
      if (run) await parts.tensorBoards.open(run.folder);
    },
    [commandId.exportRun]: async (argument?: unknown) => {
      const run = await chooseRun(argument, vscode.l10n.t('Which run should be exported?'));
      if (run) await parts.runExports.exportRun(run.folder);
    },
    [commandId.showLog]: () => parts.log.show(),
  };
}

/** @param argument a checkpoint, a run, or nothing */
async function inspect(argument: unknown, { runs, tables }: HostCommandParts): Promise<void> {
  const given = pathOfArgument(argument);
  const file =
    given === undefined
      ? await chooseCheckpoint(runs.runs)
      : given.endsWith('.safetensors')
        ? given
        : await newestOf(given);
  if (file !== undefined) await tables.show(file);
}

async function newestOf(folder: string): Promise<string> {
  const { newest } = await newestCheckpoint(folder);
  if (newest) return newest.file;
  throw new UserError(
    vscode.l10n.t(
      '{0} has no checkpoint yet; save one now, or wait for the next.',
      path.basename(folder),
    ),
  );
}

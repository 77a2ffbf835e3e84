import * as vscode from 'vscode';
import { newConfig } from '../config/newConfig';
import { commandId } from '../contributions';
import type { RunExports } from '../dashboard/runExports';
import { installRuntime } from '../runtime/installRuntime';
import type { CommandLineParts } from '../runtime/runtimeParts';
import { showRuntime } from '../runtime/showRuntime';
import type { TensorBoards } from '../runtime/tensorBoards';
import type { ListedRun } from '../runs/listedRun';
import type { CommandTable } from './commandTable';

/** What the commands of the window itself need. */
export interface HostCommandParts extends CommandLineParts {
  readonly runExports: RunExports;
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
  | 'snGan.installRuntime'
  | 'snGan.showRuntime'
  | 'snGan.openTensorBoard'
  | 'snGan.exportRun'
  | 'snGan.showLog'
> {
  const { chooseRun } = parts;
  return {
    [commandId.newConfig]: newConfig,
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

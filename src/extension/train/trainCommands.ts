import type * as vscode from 'vscode';
import type { CommandTable } from '../commands/commandTable';
import type { Failures } from '../commands/failures';
import { commandId } from '../contributions';
import type { TrainParts } from './startRun';
import { trainConfig } from './trainConfig';
import { trainFromNothing } from './trainFromNothing';

/** The commands that make new runs. */
export function trainCommands(
  parts: TrainParts,
  failures: Failures,
): Pick<CommandTable, 'snGan.train' | 'snGan.trainConfig'> {
  return {
    [commandId.train]: () => trainFromNothing(parts, failures),
    [commandId.trainConfig]: (file?: vscode.Uri) => trainConfig(file, parts),
  };
}

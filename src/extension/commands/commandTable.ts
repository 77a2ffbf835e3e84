import * as vscode from 'vscode';
import { needsTrust, type CommandId } from '../contributions';
import type { Failures } from './failures';
import { refuseUntrusted } from './trust';

/**
 * What runs when a command is called: from the palette without arguments, from menus with what they
 * belong to. Rooms give parts of the table; that none is forgotten is checked where they are put
 * together.
 */
export type CommandHandler = (...args: never[]) => unknown;

/** A handler for every command. */
export type CommandTable = Readonly<Record<CommandId, CommandHandler>>;

/**
 * Registers every command such that whatever one throws is shown and logged, and that none which
 * needs a trusted workspace runs in another.
 */
export function registerCommands(table: CommandTable, failures: Failures): vscode.Disposable {
  const entries = Object.entries(table) as [CommandId, CommandHandler][];
  return vscode.Disposable.from(
    ...entries.map(([id, handler]) =>
      vscode.commands.registerCommand(id, (...args: never[]) =>
        failures.guard(id, async () => {
          if (needsTrust.includes(id) && (await refuseUntrusted())) return;
          await handler(...args);
        }),
      ),
    ),
  );
}

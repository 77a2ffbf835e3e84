import * as vscode from 'vscode';
import { runCommandLine } from './commandLine';
import type { CommandLineParts } from './runtimeParts';

/**
 * Runs `sn-gan` while a notification tells how far it is and lets the person stop it. Its lines
 * also go into the log.
 *
 * @param options.quiet whether its lines go into the log only
 * @returns what it printed
 * @throws CancellationError where the person stopped it, UserError where it refuses
 */
export async function withCommandLine(
  title: string,
  args: readonly string[],
  { node, log }: CommandLineParts,
  options: { readonly quiet?: boolean } = {},
): Promise<string> {
  log.info(`sn-gan ${args.join(' ')}`);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      const onNote = (line: string): void => {
        log.info(line);
        if (!options.quiet) progress.report({ message: line });
      };
      try {
        return await runCommandLine(await node(), args, { signal: cancel.signal, onNote });
      } catch (thrown) {
        if (cancel.signal.aborted) throw new vscode.CancellationError();
        throw thrown;
      }
    },
  );
}

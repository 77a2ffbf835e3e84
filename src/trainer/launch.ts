import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { runFile } from '../shared/runFolder';

/**
 * Starts a trainer for a run folder. It has no terminal and a process group of its own, so neither
 * Ctrl-C nor the end of its starter reaches it; what libraries print goes into its log.
 *
 * @param node the Node to run it with
 * @param bundleFolder where trainer.cjs lies
 * @param options.owned whether the trainer is to stop, with a checkpoint, when this process ends
 */
export function launchTrainer(
  folder: string,
  node: string,
  bundleFolder: string,
  options: { readonly owned?: boolean } = {},
): ChildProcess {
  const owner = options.owned ? [String(process.pid)] : [];
  const log = openSync(path.join(folder, runFile.log), 'a');
  try {
    return spawn(node, [path.join(bundleFolder, 'trainer.cjs'), folder, ...owner], {
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
}

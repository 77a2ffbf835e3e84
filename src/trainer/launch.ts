import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { runFile } from '../shared/runFolder';

export interface LaunchOptions {
  /** Whether the trainer is to stop, with a checkpoint, when this process ends. */
  readonly owned?: boolean;
  /** Its whole environment, see `trainerEnvironment`; this process's own unless given. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts a trainer for a run folder. It has no terminal and a process group of its own, so neither
 * Ctrl-C nor the end of its starter reaches it; what libraries print goes into its log.
 *
 * @param node the Node to run it with
 * @param bundleFolder where trainer.cjs lies
 */
export function launchTrainer(
  folder: string,
  node: string,
  bundleFolder: string,
  { owned = false, env = process.env }: LaunchOptions = {},
): ChildProcess {
  const owner = owned ? [String(process.pid)] : [];
  const log = openSync(path.join(folder, runFile.log), 'a');
  try {
    return spawn(node, [path.join(bundleFolder, 'trainer.cjs'), folder, ...owner], {
      env,
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
}

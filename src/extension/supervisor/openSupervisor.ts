import type * as vscode from 'vscode';
import type { RunList } from '../runs/runList';
import type { Settings } from '../settings';
import { Supervisor } from './supervisor';

/** The supervisor of this window. */
export function openSupervisor(
  runs: RunList,
  settings: Settings,
  log: vscode.LogOutputChannel,
): Supervisor {
  log.debug(`Trainers end with the window: ${settings.whenWindowCloses}`);
  return new Supervisor(runs);
}

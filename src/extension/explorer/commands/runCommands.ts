import type { CommandTable } from '../../commands/commandTable';
import type { RunList } from '../../runs/runList';
import type { Supervisor } from '../../supervisor/supervisor';
import type { RunExplorer } from '../runExplorer';
import { annotateCommands } from './annotateCommands';
import { deleteCommand } from './deleteRuns';
import { forkCommands } from './forkCommands';
import { openCommands } from './openCommands';
import type { Dashboards, RunChooser } from './runChooser';
import { trainerCommands } from './trainerCommands';

/** What the commands about runs work on. */
export interface RunCommandParts {
  readonly runs: RunList;
  readonly supervisor: Supervisor;
  readonly explorer: RunExplorer;
  readonly dashboards: Dashboards;
  readonly chooser: RunChooser;
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

/** Handlers for all of them: from an element of the tree, from a run's path, or from the palette. */
export function runCommands(parts: RunCommandParts): RunCommands {
  return {
    ...trainerCommands(parts),
    ...openCommands(parts),
    ...annotateCommands(parts),
    ...forkCommands(parts),
    ...deleteCommand(parts),
  };
}

import type { Checks } from '../checks/protocol';
import { createRunFolder } from '../../runs/newRunFolder';
import type { TrainConfig } from '../../shared/config';
import type { Settings } from '../settings';
import type { RecentSources } from './recentSources';
import { builtInSource } from './trainingImages';

/** What starting a run needs of the other rooms. */
export interface TrainParts {
  readonly settings: Settings;
  readonly checks: Checks;
  readonly recent: RecentSources;
  readonly supervisor: { start(folder: string): Promise<void> };
  readonly dashboards: { open(folders: readonly string[]): void };
}

/**
 * Makes a run folder and starts a trainer for it. The dashboard opens at once: what becomes of the
 * start is seen there.
 *
 * @throws UserError where the folder cannot be made or no trainer can be started
 */
export async function startRun(config: TrainConfig, parts: TrainParts): Promise<void> {
  const { folder } = await createRunFolder(config.runsFolder, config);
  const { source } = config.data;
  if (source !== builtInSource) await parts.recent.add(source);
  const started = parts.supervisor.start(folder);
  parts.dashboards.open([folder]);
  await started;
}

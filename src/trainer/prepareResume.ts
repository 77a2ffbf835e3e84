import { newestCheckpoint, type StepFile } from '../runs/checkpoints';
import { classifyRun } from '../runs/classify';
import { readRunConfig, writeRunConfig } from '../runs/runConfig';
import { readRun } from '../runs/runIdentity';
import type { TrainConfig } from '../shared/config';
import type { RunStatus } from '../shared/runFolder';
import { UserError } from '../shared/userError';

/** From where a trainer will take up a run. */
export interface ResumePoint {
  /** The config that is now stored in the folder. */
  readonly config: TrainConfig;
  /** The newest sound checkpoint; undefined: the run begins at step 0. */
  readonly checkpoint: StepFile | undefined;
  /** Sentences that the user should see: newer checkpoints that were passed over, and why. */
  readonly notes: readonly string[];
}

/**
 * Decides whether and from where a run can be trained on, and stores a longer training in its
 * config. Afterwards a trainer can be started for the folder.
 *
 * @param steps the step to train to; the one in the run's config unless given
 * @throws UserError when a trainer of this run lives, when there is nothing to train, or where the
 *   folder cannot be read or written; nothing is changed then
 */
export async function prepareResume(folder: string, steps?: number): Promise<ResumePoint> {
  await refuseLiving(folder);
  const config = await readRunConfig(folder);
  const { newest, unreadable } = await newestCheckpoint(folder);
  const longer = { ...config, steps: steps ?? config.steps };
  refuseUseless(longer.steps, newest?.step ?? 0, await classifyRun(folder));
  if (longer.steps !== config.steps) await writeRunConfig(folder, longer);
  return {
    config: longer,
    checkpoint: newest,
    notes: unreadable.map(({ why }) => `Passed over a checkpoint: ${why}`),
  };
}

/** @throws UserError when a trainer of this run lives */
async function refuseLiving(folder: string): Promise<void> {
  const { trainer } = await readRun(folder);
  const status = await classifyRun(folder);
  if (status === 'elsewhere') {
    throw new UserError(`${folder} is being trained on ${trainer?.host}; stop it there first.`);
  }
  if (status !== 'running' && status !== 'paused') return;
  throw new UserError(
    trainer
      ? `${folder} is being trained by process ${trainer.pid} (${status}); stop that one first.`
      : `${folder} was made a moment ago and its trainer is starting; try again in a minute.`,
  );
}

/** @throws UserError when there is nothing to train */
function refuseUseless(steps: number, done: number, status: RunStatus): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new UserError(`A run cannot end at step ${steps}; give a whole number of at least 1.`);
  }
  if (steps < done || (steps === done && status === 'finished')) {
    throw new UserError(
      `The newest checkpoint is from step ${done}, and the run is to end at step ${steps}; give a larger number of steps (--steps on the command line).`,
    );
  }
}

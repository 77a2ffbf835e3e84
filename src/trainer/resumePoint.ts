import { rename } from 'node:fs/promises';
import { newestCheckpoint } from '../runs/checkpoints';
import { explainingDiskErrors } from '../runs/diskErrors';
import type { Logger } from '../runs/log';
import type { TrainConfig } from '../shared/config';
import { UserError } from '../shared/userError';
import { readCheckpoint, type Checkpoint } from './checkpoint';

/**
 * The newest sound checkpoint of a run; undefined for a run that had none yet, which begins at
 * step 0. Newer unsound ones are told of and put aside under another name: as the newest by
 * their steps they would push the sound ones out of those that are kept.
 *
 * @param reached the last step that run.json tells of
 * @throws UserError where every checkpoint is unsound or gone: what was learnt should not be
 *   replaced by a new beginning without being asked
 */
export async function checkpointToResume(
  folder: string,
  config: TrainConfig,
  reached: number,
  log: Logger,
): Promise<Checkpoint | undefined> {
  const { newest, unreadable } = await newestCheckpoint(folder);
  if (!newest) {
    if (unreadable.length > 0) {
      throw new UserError(
        `No checkpoint of ${folder} can be read. ${unreadable[0].why} Without one only a new run can be trained.`,
      );
    }
    const { every } = config.checkpoints;
    if (every > 0 && reached > every) {
      throw new UserError(
        `${folder} had reached step ${reached}, but has no checkpoint; copy its folder "checkpoints" back, or begin a new run.`,
      );
    }
    return undefined;
  }
  const checkpoint = await readCheckpoint(newest.file);
  if (checkpoint.step > config.steps) {
    throw new UserError(
      `${newest.file} is from step ${checkpoint.step}, beyond the ${config.steps} steps of the config; resume with at least as many (--steps on the command line).`,
    );
  }
  for (const { file, why } of unreadable) {
    log.warn(`Passed over a checkpoint and renamed it to end in ".damaged": ${why}`);
    await explainingDiskErrors('write', file, () => rename(file, `${file}.damaged`));
  }
  log.info('Resuming.', { checkpoint: newest.file, step: checkpoint.step });
  return checkpoint;
}

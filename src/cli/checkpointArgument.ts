import { stat } from 'node:fs/promises';
import { newestCheckpoint } from '../runs/checkpoints';
import { explainingDiskErrors } from '../runs/diskErrors';
import { readRun } from '../runs/runIdentity';
import { UserError } from '../shared/userError';
import { note } from './output';

/**
 * The checkpoint that a command's argument means: a file, or the newest one of a run folder.
 *
 * @throws UserError where there is none
 */
export async function checkpointOf(argument: string): Promise<string> {
  const found = await explainingDiskErrors('read', argument, () => stat(argument));
  if (!found.isDirectory()) return argument;
  await readRun(argument);
  const { newest, unreadable } = await newestCheckpoint(argument);
  for (const { why } of unreadable) note(`Passed over a checkpoint: ${why}`);
  if (newest) return newest.file;
  throw new UserError(
    `${argument} has no checkpoint yet; one is saved at the intervals of checkpoints.every and when training stops.`,
  );
}

import path from 'node:path';
import { t } from '@vscode/l10n';
import { classifyRun } from '../../runs/classify';
import { explainDeadRun } from '../../runs/deadRun';
import { isMissing } from '../../runs/diskErrors';
import { readRun, writeRun } from '../../runs/runIdentity';
import { linesOfProcess } from '../../runs/trainerLog';
import { runFile } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';

/**
 * Why a training ended by itself; undefined where it finished or was stopped, or where the folder
 * has gone.
 *
 * @param how the exit of our own child where it failed; undefined where nobody saw it
 */
export async function explainEnd(
  folder: string,
  how: string | undefined,
): Promise<string | undefined> {
  try {
    if (how !== undefined) {
      const reason = await describeFalseStart(folder, how);
      if (await recordFalseStart(folder, reason)) return reason;
    }
    const identity = await readRun(folder);
    const status = await classifyRun(folder);
    if (status === 'failed') return identity.reason ?? t('The training failed; see its log.');
    if (status === 'dead') return (await explainDeadRun(folder)).sentence;
    // Ended as before it was started: it never came so far as to claim the run.
    return how === undefined ? undefined : await describeFalseStart(folder, how);
  } catch (thrown) {
    if (isMissing(thrown) || thrown instanceof UserError) return undefined;
    throw thrown;
  }
}

/**
 * Writes down why no trainer could start. A run without one seems to be starting, and nobody else
 * will ever write its folder.
 *
 * @returns false where a trainer has been at work, who tells for itself
 * @throws UserError where the folder cannot be read or written
 */
export async function recordFalseStart(folder: string, reason: string): Promise<boolean> {
  const identity = await readRun(folder);
  if (identity.state !== 'starting' || identity.trainer !== undefined) return false;
  await writeRun(folder, { ...identity, state: 'failed', reason });
  return true;
}

async function describeFalseStart(folder: string, how: string): Promise<string> {
  const log = await linesOfProcess(path.join(folder, runFile.log), 'any');
  const said = log.last(1).join('');
  return said === ''
    ? t('The trainer could not start ({0}).', how)
    : t('The trainer could not start ({0}): {1}', how, said);
}

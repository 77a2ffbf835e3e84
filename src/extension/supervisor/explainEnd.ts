import { classifyRun } from '../../runs/classify';
import { explainDeadRun } from '../../runs/deadRun';
import { isMissing } from '../../runs/diskErrors';
import { readRun, writeRun } from '../../runs/runIdentity';
import { linesOfProcess } from '../../runs/trainerLog';
import path from 'node:path';
import { t } from '@vscode/l10n';
import { runFile } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';

/**
 * Why a training ended by itself; undefined where it finished or was stopped, or where the folder
 * has gone.
 *
 * A trainer that ended before it could say anything leaves a run that seems to be starting. Nobody
 * else will ever write that folder, so the reason is put into its run.json here.
 *
 * @param how the exit of our own child where it failed; undefined where nobody saw it
 */
export async function explainEnd(
  folder: string,
  how: string | undefined,
): Promise<string | undefined> {
  try {
    const identity = await readRun(folder);
    if (how !== undefined && identity.state === 'starting' && identity.trainer === undefined) {
      const reason = await describeFalseStart(folder, how);
      await writeRun(folder, { ...identity, state: 'failed', reason });
      return reason;
    }
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

async function describeFalseStart(folder: string, how: string): Promise<string> {
  const log = await linesOfProcess(path.join(folder, runFile.log), 'any');
  const said = log.last(1).join('');
  return said === ''
    ? t('The trainer could not start ({0}).', how)
    : t('The trainer could not start ({0}): {1}', how, said);
}

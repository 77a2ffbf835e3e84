import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runFile } from '../shared/runFolder';
import { stepOfName, stepStem } from '../shared/stepNames';
import { UserError } from '../shared/userError';
import { isForeignTemporary } from './atomicFile';
import { diskError, explainingDiskErrors, isMissing } from './diskErrors';
import { readSafetensorsHeader } from './safetensorsHeader';

/** A file made at a step: a checkpoint or a sample grid. */
export interface StepFile {
  readonly step: number;
  readonly file: string;
}

/** Which checkpoints stay: the newest ones, and those at multiples of `keepEvery` (0: none). */
export interface Retention {
  readonly keepLast: number;
  readonly keepEvery: number;
}

/** Path of the checkpoint of a step. */
export function checkpointFile(folder: string, step: number): string {
  return join(folder, runFile.checkpoints, `${stepStem(step)}.safetensors`);
}

/** Path of the sample grid of a step. */
export function sampleFile(folder: string, step: number): string {
  return join(folder, runFile.samples, `${stepStem(step)}.png`);
}

/**
 * The finished checkpoints of a run, oldest first. A checkpoint gets its name when it is complete,
 * so temporary files and files of other names are none.
 *
 * @throws UserError where the file system refuses
 */
export async function listCheckpoints(folder: string): Promise<StepFile[]> {
  return listSteps(join(folder, runFile.checkpoints), (step) => checkpointFile(folder, step));
}

/**
 * The sample grids of a run, oldest first.
 *
 * @throws UserError where the file system refuses
 */
export async function listSamples(folder: string): Promise<StepFile[]> {
  return listSteps(join(folder, runFile.samples), (step) => sampleFile(folder, step));
}

/** A checkpoint that cannot be read, and why. */
export interface UnreadableCheckpoint extends StepFile {
  readonly why: string;
}

/**
 * The newest checkpoint whose file describes itself soundly, and the newer ones that do not (copied
 * in part, damaged by the disk): whoever resumes must say that they were passed over.
 *
 * @throws UserError where the file system refuses
 */
export async function newestCheckpoint(
  folder: string,
): Promise<{ newest: StepFile | undefined; unreadable: UnreadableCheckpoint[] }> {
  const unreadable: UnreadableCheckpoint[] = [];
  for (const checkpoint of (await listCheckpoints(folder)).reverse()) {
    try {
      await readSafetensorsHeader(checkpoint.file);
      return { newest: checkpoint, unreadable };
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      unreadable.push({ ...checkpoint, why: thrown.message });
    }
  }
  return { newest: undefined, unreadable };
}

/** The steps whose checkpoints may go. The newest always stays. */
export function checkpointsToDelete(steps: readonly number[], retention: Retention): number[] {
  const { keepLast, keepEvery } = retention;
  const sorted = [...steps].sort((a, b) => a - b);
  const old = sorted.slice(0, Math.max(0, sorted.length - Math.max(1, keepLast)));
  return old.filter((step) => keepEvery === 0 || step % keepEvery !== 0);
}

/**
 * Removes the checkpoints that need not be kept.
 *
 * @returns the steps whose checkpoints were removed
 * @throws UserError where the file system refuses
 */
export async function pruneCheckpoints(folder: string, retention: Retention): Promise<number[]> {
  const steps = (await listCheckpoints(folder)).map(({ step }) => step);
  const gone = checkpointsToDelete(steps, retention);
  for (const step of gone) {
    const file = checkpointFile(folder, step);
    await explainingDiskErrors('remove', file, () => rm(file, { force: true }));
  }
  return gone;
}

/**
 * Removes the temporary files that dead writers left in a run folder. Only for whoever resumes the
 * run and has made sure that no trainer of it lives: a living one's files would go too.
 *
 * @returns the files that were removed
 * @throws UserError where the file system refuses
 */
export async function removeLeftovers(folder: string): Promise<string[]> {
  const removed: string[] = [];
  for (const place of ['', runFile.samples, runFile.checkpoints]) {
    const parent = join(folder, place);
    for (const name of (await namesIn(parent)).filter(isLeftover)) {
      const file = join(parent, name);
      await explainingDiskErrors('remove', file, () => rm(file, { force: true }));
      removed.push(file);
    }
  }
  return removed;
}

/** Annotations are an editor's, which may be writing them at this very moment. */
function isLeftover(name: string): boolean {
  return isForeignTemporary(name) && !name.startsWith(`.${runFile.annotations}.`);
}

async function listSteps(folder: string, fileOf: (step: number) => string): Promise<StepFile[]> {
  const found: StepFile[] = [];
  for (const name of await namesIn(folder)) {
    const step = stepOfName(name);
    if (step === undefined) continue;
    const file = fileOf(step);
    // Another ending, or leading zeros that we do not write.
    if (file === join(folder, name)) found.push({ step, file });
  }
  return found.sort((a, b) => a.step - b.step);
}

/** Names in a folder; none where it is missing, as in a run of which only a part was copied. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw diskError(thrown, 'read', folder);
  }
}

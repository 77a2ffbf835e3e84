import { constants } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { TrainConfig } from '../shared/config';
import { runFile } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { readAnnotations } from './annotations';
import { checkpointFile, listCheckpoints, listSamples, sampleFile } from './checkpoints';
import { type ConfigChange, configChanges } from './configChanges';
import { explainingDiskErrors, isMissing } from './diskErrors';
import { createRunFolder, type NewRun } from './newRunFolder';
import { readRunConfig } from './runConfig';
import { readSafetensorsHeader } from './safetensorsHeader';
import { copyScalars } from './scalars';
import { isEventsFile } from './tensorboard/tensorBoardWriter';

/** A run that takes up another one's work. */
export interface ForkedRun extends NewRun {
  /** Sentences that the user should see: what is different from the run it was made from. */
  readonly notes: readonly string[];
}

const MAX_NAME_CHARACTERS = 120;
/** Keys that say where and for how long is trained; what was learnt does not depend on them. */
const ofNoConcern = /^(name|preset|runsFolder|steps|runtime|(log|samples|checkpoints)\..*)$/;
/** Keys without which the arrays of a checkpoint fit no network. */
const ofTheNetwork = /^(network\.(architecture|width|latentDim)|data\.size|spectralNorm\.enabled)$/;

/**
 * Makes a new run beside another, from one of its checkpoints: with the history up to that step,
 * so that it can be trained on from there while what the other run did later is kept. Nothing of
 * the other run is changed, and it may be training meanwhile.
 *
 * A trainer that is started for the new folder resumes it; it also drops what TensorBoard's files
 * have of later steps, because those are copied whole.
 *
 * @param folder of the run that is forked
 * @param step of one of its checkpoints
 * @param options.steps the step to train to; the one in the run's config unless given
 * @throws UserError where there is no such checkpoint, the run's network is no longer the one of
 *   the checkpoint, or the file system refuses; no new run is left then
 */
export async function forkRun(
  folder: string,
  step: number,
  options: { readonly steps?: number; readonly now?: Date } = {},
): Promise<ForkedRun> {
  const stored = await readRunConfig(folder);
  const checkpoint = await checkpointOf(folder, step);
  const changes = configChanges(await configOf(checkpoint), stored).filter(
    ({ key }) => !ofNoConcern.test(key),
  );
  refuseOtherNetwork(checkpoint, changes);
  const steps = options.steps ?? stored.steps;
  if (steps < step) {
    throw new UserError(
      `The checkpoint is from step ${step}, and the run is to end at step ${steps}; give a larger number of steps.`,
    );
  }
  const runsFolder = dirname(resolve(folder));
  const name = forkedName(await shownName(folder, stored), step);
  const run = await createRunFolder(
    runsFolder,
    { ...stored, name, steps, runsFolder },
    {
      ...(options.now ? { now: options.now } : {}),
      beginning: {
        step,
        reason: `Made from step ${step} of ${folder}.`,
        fill: (fork) => copyHistory(folder, fork, step),
      },
    },
  );
  return { ...run, notes: changes.map(sentenceOf) };
}

/** `demo from step 300`; of a long name its end goes. */
export function forkedName(name: string, step: number): string {
  const suffix = ` from step ${step}`;
  let kept = '';
  // By characters: half of a surrogate pair is no text.
  for (const character of name) {
    if (kept.length + character.length + suffix.length > MAX_NAME_CHARACTERS) break;
    kept += character;
  }
  return kept + suffix;
}

async function checkpointOf(folder: string, step: number): Promise<string> {
  const checkpoints = await listCheckpoints(folder);
  if (checkpoints.some((checkpoint) => checkpoint.step === step)) {
    return checkpointFile(folder, step);
  }
  const there = checkpoints.map((checkpoint) => checkpoint.step).join(', ') || 'none';
  throw new UserError(
    `${folder} has no checkpoint of step ${step}; those it has: ${there}. Older ones are removed while it trains, see checkpoints.keepLast in its config.`,
  );
}

/** The config with which a checkpoint was made. */
async function configOf(checkpoint: string): Promise<TrainConfig> {
  const { metadata } = await readSafetensorsHeader(checkpoint);
  try {
    // As in runConfig.ts: an editor may never need it.
    const { trainConfigSchema } = await import('../shared/config');
    return trainConfigSchema.parse(JSON.parse(metadata['config'] ?? ''));
  } catch (cause) {
    throw new UserError(
      `${checkpoint} holds no valid config in its metadata; it was damaged or written by another version of sn-gan.`,
      { cause },
    );
  }
}

function refuseOtherNetwork(checkpoint: string, changes: readonly ConfigChange[]): void {
  const change = changes.find(({ key }) => ofTheNetwork.test(key));
  if (change === undefined) return;
  throw new UserError(
    `${checkpoint} does not fit the config of its run any more: ${sentenceOf(change)} Put the old value back into ${runFile.config} of the run.`,
  );
}

function sentenceOf({ key, before, after }: ConfigChange): string {
  return `"${key}" is ${JSON.stringify(after)}, and was ${JSON.stringify(before)} when the checkpoint was made.`;
}

/** The name under which a person knows the run. */
async function shownName(folder: string, { name }: TrainConfig): Promise<string> {
  try {
    return (await readAnnotations(folder)).name ?? name;
  } catch (thrown) {
    // Damaged annotations are told of where they are shown; they need not stop a training.
    if (thrown instanceof UserError) return name;
    throw thrown;
  }
}

async function copyHistory(from: string, to: string, step: number): Promise<void> {
  try {
    // The checkpoint first: a trainer at work may remove it any moment.
    await copy(checkpointFile(from, step), checkpointFile(to, step));
    for (const sample of await listSamples(from)) {
      if (sample.step <= step) await copy(sample.file, sampleFile(to, sample.step));
    }
    await copyScalars(join(from, runFile.scalars), join(to, runFile.scalars), step);
    for (const name of (await readdir(from)).filter(isEventsFile)) {
      await copy(join(from, name), join(to, name));
    }
    await copyIfThere(join(from, runFile.realImages), join(to, runFile.realImages));
  } catch (thrown) {
    await rm(to, { recursive: true, force: true });
    throw thrown;
  }
}

/** File systems that can share the blocks of two files do so. */
async function copy(from: string, to: string): Promise<void> {
  await explainingDiskErrors('write', to, () => copyFile(from, to, constants.COPYFILE_FICLONE));
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copy(from, to);
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
}

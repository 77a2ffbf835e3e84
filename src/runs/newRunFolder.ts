import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainConfig } from '../shared/config';
import { type RunIdentity, runFile } from '../shared/runFolder';
import { replaceContents } from './atomicFile';
import { explainingDiskErrors, systemCode } from './diskErrors';
import { writeRunConfig } from './runConfig';
import { writeRun } from './runIdentity';

const MAX_SLUG_CHARACTERS = 40;
const CONTROL_KEY_BYTES = 32;

/** What a new run begins with where it does not begin with nothing. */
export interface Beginning {
  readonly step: number;
  /** Where it comes from; one sentence. */
  readonly reason: string;
  /** Puts the files into the folder, before anybody takes it for a run. */
  readonly fill: (folder: string) => Promise<void>;
}

export interface NewRun {
  /** Path of the run folder. */
  readonly folder: string;
  readonly identity: RunIdentity;
}

/**
 * Makes a run folder `<yyyymmdd-hhmmss>-<slug of the name>` in `runsFolder`, which is made where it
 * is missing. `run.json` is written last: a folder that has one is complete.
 *
 * @param config the resolved config, stored in the folder
 * @param options.id identity of the run, else a new random one
 * @param options.beginning for a run that takes up another one's work; it counts as stopped until
 *   a trainer takes it up
 * @throws UserError where the file system refuses
 */
export async function createRunFolder(
  runsFolder: string,
  config: TrainConfig,
  options: { readonly id?: string; readonly now?: Date; readonly beginning?: Beginning } = {},
): Promise<NewRun> {
  const { now = new Date(), beginning } = options;
  const folder = await makeUniqueFolder(runsFolder, `${timestamp(now)}-${slug(config.name)}`);
  for (const name of [runFile.samples, runFile.checkpoints]) {
    await explainingDiskErrors('create', join(folder, name), () => mkdir(join(folder, name)));
  }
  await writeControlKey(folder);
  await writeRunConfig(folder, config);
  const identity: RunIdentity = {
    format: 1,
    id: options.id ?? randomUUID(),
    name: config.name,
    created: now.toISOString(),
    ...(beginning ? { state: 'stopped', reason: beginning.reason } : { state: 'starting' }),
    progress: { step: beginning?.step ?? 0, total: config.steps, imagesPerSecond: 0 },
  };
  await beginning?.fill(folder);
  await writeRun(folder, identity);
  return { folder, identity };
}

/** The part of a folder's name that comes from the run's name: letters and digits of any script. */
export function slug(name: string): string {
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const characters = Array.from(words.join('-')).slice(0, MAX_SLUG_CHARACTERS);
  return characters.join('').replace(/-$/, '') || 'run';
}

/** `mkdir` itself decides who gets a name, so two runs of one second never share a folder. */
async function makeUniqueFolder(runsFolder: string, name: string): Promise<string> {
  await explainingDiskErrors('create', runsFolder, () => mkdir(runsFolder, { recursive: true }));
  for (let number = 1; ; number++) {
    const folder = join(runsFolder, number === 1 ? name : `${name}-${number}`);
    try {
      await explainingDiskErrors('create', folder, () => mkdir(folder));
      return folder;
    } catch (thrown) {
      if (systemCode(thrown) !== 'EEXIST') throw thrown;
    }
  }
}

/** The token of the control socket: who can read it may steer the run. */
async function writeControlKey(folder: string): Promise<void> {
  const key = randomBytes(CONTROL_KEY_BYTES).toString('hex');
  await replaceContents(join(folder, runFile.controlKey), key, 0o600);
}

/** Local time, as a person would look for the folder. */
function timestamp(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  return `${day}-${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
}

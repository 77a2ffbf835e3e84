import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { classifyRun } from '../runs/classify';
import { explainingDiskErrors, isMissing, systemCode } from '../runs/diskErrors';
import { isAlive, processStartTime } from '../runs/processIdentity';
import { readRun, writeRun } from '../runs/runIdentity';
import { runIdentitySchema, type RunIdentity } from '../shared/runFolder';
import { UserError } from '../shared/userError';

type TrainerProcess = NonNullable<RunIdentity['trainer']>;

const PREFIX = '.claim-';
const CLAIMANT = 'claimant.json';

/**
 * Makes this process the one trainer of a run and says so in run.json. Of several that try at the
 * same moment one succeeds, also where an earlier one was killed while it tried.
 *
 * A claim is the right to follow one certain trainer, the last one in run.json: a folder that only
 * one process can give its name to. The next process to come follows that process, and so on.
 *
 * @throws UserError where another process trains this run, or the file system refuses
 */
export async function claimRun(folder: string): Promise<RunIdentity> {
  const before = await runWithoutTrainer(folder);
  const startTime = (await processStartTime(process.pid)) ?? 'unknown';
  const self: TrainerProcess = { pid: process.pid, startTime, host: os.hostname() };
  const claim = await follow(folder, before.trainer, self);
  try {
    // Somebody may have claimed it and been ready between our look and our claim.
    const { reason, control, ...kept } = await runWithoutTrainer(folder);
    if (JSON.stringify(kept.trainer) !== JSON.stringify(before.trainer)) throw taken(folder);
    const identity: RunIdentity = { ...kept, state: 'starting', trainer: self };
    await writeRun(folder, identity);
    await removeClaims(folder);
    return identity;
  } catch (thrown) {
    await remove(claim);
    throw thrown;
  }
}

/** Once run.json names a new trainer, nobody can follow an earlier one any more. */
async function removeClaims(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(PREFIX)) await remove(path.join(folder, name));
  }
}

/** Takes the name away first: a folder that is emptied under its name could be claimed half-way. */
async function remove(claim: string): Promise<void> {
  const nameless = `${claim}.${randomUUID()}`;
  try {
    await rename(claim, nameless);
  } catch (thrown) {
    if (isMissing(thrown)) return;
    throw thrown;
  }
  await rm(nameless, { recursive: true, force: true });
}

/** The folder by whose name a process claims to follow a trainer, or to be the first. */
export function claimFolder(folder: string, last: TrainerProcess | undefined): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(last ?? null))
    .digest('hex');
  return path.join(folder, `${PREFIX}${digest.slice(0, 16)}`);
}

/** run.json, of a run that nobody trains. */
async function runWithoutTrainer(folder: string): Promise<RunIdentity> {
  const run = await readRun(folder);
  const status = await classifyRun(folder);
  // A folder that was just made counts as running, but has no trainer yet.
  if (!run.trainer) return run;
  if (status === 'running' || status === 'paused') throw taken(folder, run.trainer);
  if (status === 'elsewhere') throw taken(folder, run.trainer);
  return run;
}

/** Claims to follow a trainer, or whoever died while it did. Returns the claim. */
async function follow(
  folder: string,
  last: TrainerProcess | undefined,
  self: TrainerProcess,
): Promise<string> {
  for (let predecessor = last; ;) {
    const claim = claimFolder(folder, predecessor);
    if (await take(claim, self)) return claim;
    const claimant = await claimantOf(claim);
    if (claimant === undefined || (await mayLive(claimant))) throw taken(folder, claimant);
    predecessor = claimant;
  }
}

/** Whether this process got the claim: a folder is renamed to an existing full one nowhere. */
async function take(claim: string, self: TrainerProcess): Promise<boolean> {
  return explainingDiskErrors('create', claim, async () => {
    const own = await mkdtemp(`${claim}.`);
    try {
      await writeFile(path.join(own, CLAIMANT), JSON.stringify(self));
      await rename(own, claim);
      return true;
    } catch (thrown) {
      await rm(own, { recursive: true, force: true });
      if (isTaken(thrown) || existsSync(claim)) return false;
      throw thrown;
    }
  });
}

/**
 * Whether a folder could not get its name because another has it, or had it a moment ago; ENOENT
 * says that a process with a claim has removed everybody else's. Windows has no word for it.
 */
function isTaken(thrown: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemCode(thrown) ?? '');
}

/** Who holds a claim; undefined when it was given back meanwhile. */
async function claimantOf(claim: string): Promise<TrainerProcess | undefined> {
  try {
    const text = await readFile(path.join(claim, CLAIMANT), 'utf8');
    return runIdentitySchema.shape.trainer.parse(JSON.parse(text));
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw new UserError(`${claim} is damaged; remove it if no trainer of this run lives.`, {
      cause: thrown,
    });
  }
}

/** Nothing is known of the processes of another machine. */
async function mayLive({ pid, startTime, host }: TrainerProcess): Promise<boolean> {
  return host !== os.hostname() || (await isAlive(pid, startTime));
}

function taken(folder: string, by?: TrainerProcess): UserError {
  const where = by && by.host !== os.hostname() ? ` on ${by.host}` : '';
  const who = by ? `process ${by.pid}${where}` : 'another process';
  return new UserError(`${folder} is being trained already, by ${who}; stop that one first.`);
}

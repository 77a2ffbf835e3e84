import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { readAnnotations } from '../../runs/annotations';
import { statusOf } from '../../runs/classify';
import { systemCode } from '../../runs/diskErrors';
import { LEASE_VALID_MS, leaseAge } from '../../runs/lease';
import { pidExists } from '../../runs/processIdentity';
import { readRun } from '../../runs/runIdentity';
import type { Annotations, RunIdentity, RunStatus } from '../../shared/runFolder';
import { messageOf, UserError } from '../../shared/userError';
import type { BrokenRun } from './brokenRun';
import type { ListedRun } from './listedRun';

/** Paths of the folders in a runs folder that may be runs; none where it does not exist (yet). */
export async function foldersIn(runsFolder: string): Promise<string[]> {
  try {
    const entries = await readdir(runsFolder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .filter(({ name }) => !name.startsWith('.'))
      .map(({ name }) => path.join(runsFolder, name));
  } catch {
    // Missing, a file, or forbidden: in any case there are no runs to see.
    return [];
  }
}

/**
 * The run in a folder; undefined where the folder is none.
 *
 * @param before what was last read there: spares asking the system about a process that was alive
 */
export async function readFoundRun(
  folder: string,
  before?: ListedRun,
): Promise<ListedRun | BrokenRun | undefined> {
  try {
    const identity = await readRun(folder);
    const [status, annotations] = await Promise.all([
      currentStatus(folder, identity, before),
      annotationsOf(folder),
    ]);
    return { folder, identity, status, annotations };
  } catch (thrown) {
    if (isNoRun(thrown)) return undefined;
    return { folder, flaw: messageOf(thrown) };
  }
}

/** There is no run.json, or no folder: nothing that a person would miss. */
function isNoRun(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return true;
  }
  return false;
}

/** What a person added is worth less than the run: a damaged file hides neither. */
async function annotationsOf(folder: string): Promise<Annotations> {
  try {
    return await readAnnotations(folder);
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    return { format: 1 };
  }
}

async function currentStatus(
  folder: string,
  identity: RunIdentity,
  before: ListedRun | undefined,
): Promise<RunStatus> {
  if (before && (await isStillAlive(folder, identity, before))) {
    return identity.state === 'paused' ? 'paused' : 'running';
  }
  return statusOf(folder, identity);
}

/**
 * Whether a trainer that was known to live certainly still does. Asking for the start time of a
 * process costs half a second on Windows, and run.json changes every second: a pid that exists and
 * a lease that it has just touched are as good, because no pid is used again so soon.
 */
async function isStillAlive(
  folder: string,
  { state, trainer }: RunIdentity,
  before: ListedRun,
): Promise<boolean> {
  if (state === 'finished' || state === 'stopped' || state === 'failed') return false;
  if (before.status !== 'running' && before.status !== 'paused') return false;
  const known = before.identity.trainer;
  if (!trainer || trainer.host !== hostname()) return false;
  if (trainer.pid !== known?.pid || trainer.startTime !== known.startTime) return false;
  if (!pidExists(trainer.pid)) return false;
  const age = await leaseAge(folder);
  return age !== undefined && Math.abs(age) <= LEASE_VALID_MS;
}

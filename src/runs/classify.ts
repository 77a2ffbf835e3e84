import { hostname } from 'node:os';
import type { RunIdentity, RunStatus } from '../shared/runFolder';
import { LEASE_VALID_ELSEWHERE_MS, LEASE_VALID_MS, leaseAge } from './lease';
import { isAlive } from './processIdentity';
import { readRun } from './runIdentity';

/** How long a trainer may take to write its pid after the folder was made. */
const START_MS = 60_000;

export interface Evidence {
  readonly identity: RunIdentity;
  /** Milliseconds since the run folder was made. */
  readonly age: number;
  /** Milliseconds since the lease was touched; undefined: never. */
  readonly leaseAge: number | undefined;
  /** Name of this machine. */
  readonly host: string;
  /** Whether the trainer's process lives; unknown where it is not on this machine or not named. */
  readonly trainer: 'alive' | 'gone' | 'unknown';
}

/**
 * Decides what a run is doing.
 *
 * On this machine the process decides: it is known for sure, also after the machine slept and the
 * lease is old. The lease decides where the process cannot be asked.
 */
export function decideStatus(evidence: Evidence): RunStatus {
  const { identity, age, host, trainer } = evidence;
  switch (identity.state) {
    case 'finished':
    case 'stopped':
    case 'failed':
      return identity.state;
    case 'starting':
    case 'running':
    case 'paused':
  }
  const live = identity.state === 'paused' ? 'paused' : 'running';
  if (identity.trainer === undefined) {
    return isFresh(age, START_MS) || isFresh(evidence.leaseAge, LEASE_VALID_MS) ? live : 'dead';
  }
  if (identity.trainer.host !== host) {
    return isFresh(evidence.leaseAge, LEASE_VALID_ELSEWHERE_MS) ? 'elsewhere' : 'dead';
  }
  if (trainer === 'alive') return live;
  if (trainer === 'gone') return 'dead';
  return isFresh(evidence.leaseAge, LEASE_VALID_MS) ? live : 'dead';
}

/** A time that lies ahead is as bad as one long ago: a clock was set back, nothing is known. */
function isFresh(age: number | undefined, limit: number): boolean {
  return age !== undefined && Math.abs(age) <= limit;
}

/**
 * What the run in this folder is doing.
 *
 * @throws UserError where the folder is no run folder or cannot be read
 * @throws Error where the system cannot say whether the trainer's process lives
 */
export async function classifyRun(folder: string): Promise<RunStatus> {
  return statusOf(folder, await readRun(folder));
}

/**
 * The same for a run whose `run.json` has been read already; one that has ended costs nothing.
 *
 * @param lifeOf says whether the trainer's process lives, for whoever can tell it sooner
 * @throws UserError where the lease cannot be read
 * @throws Error where the system cannot say whether the trainer's process lives
 */
export async function statusOf(
  folder: string,
  identity: RunIdentity,
  lifeOf = trainerProcess,
): Promise<RunStatus> {
  const { state } = identity;
  if (state === 'finished' || state === 'stopped' || state === 'failed') return state;
  const host = hostname();
  return decideStatus({
    identity,
    age: Date.now() - Date.parse(identity.created),
    leaseAge: await leaseAge(folder),
    host,
    trainer: await lifeOf(identity, host),
  });
}

async function trainerProcess(identity: RunIdentity, host: string): Promise<Evidence['trainer']> {
  const { trainer } = identity;
  if (trainer === undefined || trainer.host !== host) return 'unknown';
  return (await isAlive(trainer.pid, trainer.startTime)) ? 'alive' : 'gone';
}

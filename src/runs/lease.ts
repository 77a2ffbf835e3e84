import { closeSync, openSync, utimesSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runFile } from '../shared/runFolder';
import { diskError, explainingDiskErrors, isMissing } from './diskErrors';

/** How often a living trainer touches its lease. */
export const LEASE_INTERVAL_MS = 1000;

/**
 * How long a touch is good for. Five touches: a busy disk or a machine that swaps delays one or
 * two, and somebody who waits for a dead run does not wait long.
 */
export const LEASE_VALID_MS = 5 * LEASE_INTERVAL_MS;

/**
 * The same for a folder that another machine writes: its clock may differ from ours, and network
 * file systems show times up to a minute late (acregmax of NFS).
 */
export const LEASE_VALID_ELSEWHERE_MS = 120_000;

/**
 * Renews the lease of a run. The time is this process's own, so that the clock of a file server
 * plays no part.
 *
 * @throws UserError where the file system refuses
 */
export function touchLease(folder: string): void {
  const file = join(folder, runFile.lease);
  const now = new Date();
  try {
    // Setting a time needs no space, so a full disk does not make a living trainer look dead.
    utimesSync(file, now, now);
  } catch (thrown) {
    if (!isMissing(thrown)) throw diskError(thrown, 'write', file);
    createLease(file);
  }
}

function createLease(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (thrown) {
    throw diskError(thrown, 'create', file);
  }
}

/**
 * Milliseconds since the lease was touched; undefined where there is none.
 *
 * Negative where a clock was set back since.
 *
 * @throws UserError where the file system refuses
 */
export async function leaseAge(folder: string): Promise<number | undefined> {
  const file = join(folder, runFile.lease);
  try {
    return await explainingDiskErrors('read', file, async () => {
      const { mtimeMs } = await stat(file);
      return Date.now() - mtimeMs;
    });
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

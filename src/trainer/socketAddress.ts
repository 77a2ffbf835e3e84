import { createHash } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * Where the trainer of a run folder listens. In the temporary folder, because the path of a Unix
 * socket has room for about 100 bytes. Named after the run folder's place: a copy of the folder has
 * the same id and is another run.
 */
export async function socketAddress(folder: string): Promise<string> {
  const name = await socketName(folder);
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\${name}`
    : path.join(os.tmpdir(), `${name}.sock`);
}

/**
 * Whether an address in a run.json is one that the trainer of this very folder would have made.
 * A folder may come from anywhere, and whoever connects where it says could be led to any socket or
 * to another machine.
 *
 * The trainer may have been started with another temporary folder than ours; so elsewhere than on
 * Windows the name decides, and that there is a socket of this user's and no link to another one.
 */
export async function isOwnSocket(folder: string, address: string): Promise<boolean> {
  try {
    if (process.platform === 'win32') return address === (await socketAddress(folder));
    const isNamed = path.basename(address) === `${await socketName(folder)}.sock`;
    if (!isNamed || !path.isAbsolute(address)) return false;
    const found = await lstat(address);
    return found.isSocket() && found.uid === process.getuid?.();
  } catch {
    // The folder or the socket is gone or out of reach: nobody of ours listens there.
    return false;
  }
}

async function socketName(folder: string): Promise<string> {
  const place = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32);
  return `sn-gan-${place}`;
}

import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { explainingDiskErrors, systemCode } from './diskErrors';
import { PIECE_BYTES } from './regularFile';

/** Marks the temporary files of this process, so that those of dead writers can be told apart. */
const writerToken = randomBytes(6).toString('hex');
let written = 0;

const temporaryName = /^\..+\.([0-9a-f]{12})-\d+\.tmp$/;

/** Whether a file name is that of a temporary file left by a process other than this one. */
export function isForeignTemporary(name: string): boolean {
  const match = temporaryName.exec(name);
  return match !== null && match[1] !== writerToken;
}

/**
 * {@link swapFile} for the files of a run.
 *
 * @throws UserError where the file system refuses (full disk, permissions …)
 */
export async function replaceFile(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
  mode?: number,
): Promise<void> {
  await explainingDiskErrors('write', file, () => swapFile(file, write, mode));
}

/**
 * Replaces a file as a whole: what `write` puts into a temporary file of the same folder is forced
 * to the disk and then renamed. A reader sees the old file or the new one, never a part; where
 * anything fails the old file stays as it was and the temporary one is removed.
 *
 * @throws what the file system says, for callers that have advice of their own
 */
export async function swapFile(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
  mode = 0o666,
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${writerToken}-${written++}.tmp`);
  const handle = await open(temporary, 'wx', mode);
  try {
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  await syncFolder(dirname(file));
}

/**
 * Replaces a file by these contents; text is written as UTF-8.
 *
 * @throws UserError where the file system refuses; the file is as it was then
 */
export async function replaceContents(
  file: string,
  contents: string | Uint8Array,
  mode?: number,
): Promise<void> {
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
  await replaceFile(file, (handle) => writeFully(handle, bytes), mode);
}

/** Writes all bytes at the handle's position; a system call may take only a part of them. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    const length = Math.min(PIECE_BYTES, bytes.length - offset);
    offset += (await handle.write(bytes, offset, length)).bytesWritten;
  }
}

/** Windows refuses to rename over a file while somebody reads it; readers here are quick. */
async function renameOver(from: string, to: string): Promise<void> {
  const attempts = process.platform === 'win32' ? 20 : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (thrown) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(thrown) ?? '');
      if (!busy || attempt === attempts) throw thrown;
      await sleep(10 * attempt);
    }
  }
}

/** Makes a rename survive a power cut. Windows cannot open folders and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (thrown) {
    // Some network file systems cannot sync a folder; the rename itself has been done.
    if (!['EINVAL', 'ENOTSUP', 'EISDIR'].includes(systemCode(thrown) ?? '')) throw thrown;
  } finally {
    await handle.close();
  }
}

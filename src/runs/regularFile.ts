import { type FileHandle, open, stat } from 'node:fs/promises';
import { UserError } from '../shared/userError';
import { explainingDiskErrors } from './diskErrors';

/** Largest piece given to one system call; Node refuses 2 GiB and more. */
export const PIECE_BYTES = 64 * 1024 * 1024;

/**
 * The result of `read` on an open file.
 *
 * @throws UserError where the file system refuses, or where the path is a folder, pipe or device
 *   (opening a pipe would wait for ever)
 */
export async function withFileForReading<T>(
  file: string,
  read: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  return explainingDiskErrors('read', file, async () => {
    const handle = await openForReading(file);
    try {
      return await read(handle);
    } finally {
      await handle.close();
    }
  });
}

/**
 * Opens a file to be read over a while; the caller closes it.
 *
 * @throws UserError as {@link withFileForReading}
 */
export async function openForReading(file: string): Promise<FileHandle> {
  return explainingDiskErrors('read', file, async () => {
    const found = await stat(file);
    if (!found.isFile()) {
      const kind = found.isDirectory() ? 'a folder' : 'a pipe or device';
      throw new UserError(`Cannot read ${file}: it is ${kind}, not a file. Give a file's path.`);
    }
    return open(file, 'r');
  });
}

/** Fills `bytes` from `position` of the file; returns how many bytes there were. */
export async function readFully(
  handle: FileHandle,
  bytes: Uint8Array,
  position: number,
): Promise<number> {
  let offset = 0;
  while (offset < bytes.length) {
    const length = Math.min(PIECE_BYTES, bytes.length - offset);
    const { bytesRead } = await handle.read(bytes, offset, length, position + offset);
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return offset;
}

/**
 * The text of a small file.
 *
 * @throws UserError where the file system refuses or the file is larger than `maxBytes`
 */
export async function readSmallText(file: string, maxBytes: number): Promise<string> {
  return withFileForReading(file, async (handle) => {
    const { size } = await handle.stat();
    if (size > maxBytes) {
      throw new UserError(
        `${file} has ${size} bytes, and such a file never has more than ${maxBytes}; it is something else or damaged. Use another folder.`,
      );
    }
    const bytes = Buffer.alloc(size);
    return bytes.toString('utf8', 0, await readFully(handle, bytes, 0));
  });
}

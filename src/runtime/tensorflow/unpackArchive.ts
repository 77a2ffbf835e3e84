import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { openPromise } from 'yauzl';
import { messageOf, UserError } from '../../shared/userError';

/** Where a file of an archive goes, relative to the folder; undefined leaves it out. */
export type Placement = (name: string) => string | undefined;

/** libtensorflow for CUDA unpacks to about 1.5 GiB. */
const MAX_UNPACKED_BYTES = 2 ** 33;

/**
 * Unpacks the wanted files of a `.tar.gz` or `.zip` as a stream. The kind is told by the first
 * bytes: some of the archives are called `.zip` and are not.
 *
 * @returns where the files were put, relative to `folder`
 * @throws UserError when the archive is damaged, or a name or link in it leaves the folder
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  place: Placement,
): Promise<string[]> {
  try {
    return (await isZip(archive))
      ? await unpackZip(archive, folder, place)
      : await unpackTarGz(archive, folder, place);
  } catch (error) {
    if (error instanceof UserError || typeof (error as NodeJS.ErrnoException).syscall === 'string')
      throw error;
    throw new UserError(
      `${archive} is damaged (${messageOf(error)}): delete it and run the command again.`,
      { cause: error },
    );
  }
}

async function isZip(archive: string): Promise<boolean> {
  const handle = await open(archive);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}

async function unpackZip(archive: string, folder: string, place: Placement): Promise<string[]> {
  const zip = await openPromise(archive, { autoClose: false });
  try {
    const room = new Room(archive);
    const placed: string[] = [];
    for await (const entry of zip.eachEntry()) {
      const target = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (target === undefined) continue;
      room.take(entry.uncompressedSize);
      await writeBelow(folder, target, await zip.openReadStreamPromise(entry));
      placed.push(target);
    }
    return placed;
  } finally {
    zip.close();
  }
}

async function unpackTarGz(archive: string, folder: string, place: Placement): Promise<string[]> {
  const room = new Room(archive);
  const placed: string[] = [];
  const entries = extract();
  const source = pipeline(createReadStream(archive), createGunzip(), entries);
  const unpacked = (async () => {
    for await (const entry of entries) {
      const { name, type, size, linkname } = entry.header;
      const target = place(path.posix.normalize(name));
      if (target !== undefined && type === 'file') {
        room.take(size ?? 0);
        await writeBelow(folder, target, Readable.from(entry));
        placed.push(target);
      } else if (target !== undefined && type === 'symlink') {
        await linkBeside(archive, path.join(folder, target), linkname ?? '');
        placed.push(target);
      } else entry.resume();
    }
  })();
  await Promise.all([source, unpacked]);
  return placed;
}

async function writeBelow(folder: string, target: string, content: Readable): Promise<void> {
  const file = path.resolve(folder, target);
  if (!file.startsWith(path.resolve(folder) + path.sep))
    throw new UserError(`The archive holds the path ${target}, which leaves its folder.`);
  await mkdir(path.dirname(file), { recursive: true });
  await pipeline(content, createWriteStream(file, { mode: 0o755 }));
}

/** Libraries link to their versions beside them; nothing else is a reason for a link. */
async function linkBeside(archive: string, file: string, linkname: string): Promise<void> {
  if (!/^[\w.-]+$/.test(linkname) || linkname === '..')
    throw new UserError(`${archive} holds a link to ${linkname}, which leaves its folder.`);
  await mkdir(path.dirname(file), { recursive: true });
  await symlink(linkname, file);
}

/** Counts what is unpacked, so that a small archive cannot fill a disk. */
class Room {
  private bytes = 0;

  constructor(private readonly archive: string) {}

  take(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > MAX_UNPACKED_BYTES)
      throw new UserError(`${this.archive} unpacks to more than ${MAX_UNPACKED_BYTES} bytes.`);
  }
}

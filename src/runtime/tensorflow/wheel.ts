import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { messageOf, UserError } from '../../shared/userError';

/** What a wheel says about itself. */
export interface WheelIdentity {
  readonly distribution: string;
  readonly version: string;
  /** Requirements of the extra `and-cuda`: NVIDIA's libraries, as pip understands them. */
  readonly cudaRequirements: readonly string[];
}

/** The metadata files of the largest wheels are below 4 MiB. */
const MAX_METADATA_BYTES = 2 ** 25;
/** The largest library of TensorFlow or CUDA is about 1.1 GiB. */
const MAX_FILE_BYTES = 2 ** 33;

/**
 * Reads the identity of a wheel.
 *
 * @throws UserError when the file is no readable wheel
 */
export async function readWheelIdentity(file: string): Promise<WheelIdentity> {
  const metadata = await withWheel(file, (wheel) => wheel.text('METADATA'));
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}: (.+)$`, 'm').exec(metadata)?.[1].trim();
  const distribution = field('Name');
  const version = field('Version');
  if (!distribution || !version)
    throw new UserError(`${file} is damaged: it does not say its name.`);
  const cuda = /^Requires-Dist: ([^;\n]+);\s*extra == ["']and-cuda["']/gm;
  return {
    distribution: distribution.replaceAll('_', '-').toLowerCase(),
    version,
    cudaRequirements: [...metadata.matchAll(cuda)].map((match) => match[1].trim()),
  };
}

/**
 * Extracts the wanted files of a wheel below `folder` under their own paths, as a stream, and
 * checks each against the size and SHA-256 in the wheel's RECORD.
 *
 * @returns the paths of the files, relative to `folder`
 * @throws UserError when the wheel is torn or a file differs from its record
 */
export async function extractWheel(
  file: string,
  folder: string,
  wanted: (path: string) => boolean,
  signal?: AbortSignal,
): Promise<string[]> {
  return withWheel(file, async (wheel) => {
    const record = parseRecord(await wheel.text('RECORD'));
    const extracted: string[] = [];
    for (const [name, entry] of wheel.entries) {
      if (name.endsWith('/') || !wanted(name)) continue;
      signal?.throwIfAborted();
      await extractEntry(file, wheel.zip, entry, path.join(folder, name), record.get(name));
      extracted.push(name);
    }
    return extracted;
  });
}

interface Wheel {
  readonly zip: ZipFile;
  readonly entries: ReadonlyMap<string, Entry>;
  /** A file of the wheel's `.dist-info` folder. */
  text(name: string): Promise<string>;
}

async function withWheel<T>(file: string, use: (wheel: Wheel) => Promise<T>): Promise<T> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(file, { autoClose: false });
    const entries = new Map<string, Entry>();
    // yauzl refuses names that are absolute or climb out of the folder.
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return await use({ zip, entries, text: metadataReader(file, zip, entries) });
  } catch (error) {
    if (error instanceof UserError || isSystemError(error)) throw error;
    throw new UserError(
      `${file} is not a readable wheel (${messageOf(error)}): download it again.`,
      { cause: error },
    );
  } finally {
    zip?.close();
  }
}

function metadataReader(file: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
  return async (name: string): Promise<string> => {
    const entry = [...entries.values()].find(({ fileName }) =>
      new RegExp(`^[^/]+\\.dist-info/${name}$`).test(fileName),
    );
    if (!entry) throw new UserError(`${file} is not a wheel: it has no ${name}.`);
    if (entry.uncompressedSize > MAX_METADATA_BYTES)
      throw new UserError(
        `${file} is damaged: its ${name} claims ${entry.uncompressedSize} bytes.`,
      );
    return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8');
  };
}

interface RecordedFile {
  /** SHA-256 in base64url without padding. */
  readonly sha256: string;
  readonly bytes: number;
}

/** RECORD has a line `path,sha256=digest,size` a file; lines without a digest are skipped. */
function parseRecord(text: string): Map<string, RecordedFile> {
  const lines = text.matchAll(/^"?(.+?)"?,sha256=([\w-]+),(\d+)\r?$/gm);
  return new Map(
    [...lines].map(([, name, sha256, bytes]) => [name, { sha256, bytes: Number(bytes) }]),
  );
}

async function extractEntry(
  file: string,
  zip: ZipFile,
  entry: Entry,
  target: string,
  recorded: RecordedFile | undefined,
): Promise<void> {
  const name = entry.fileName;
  if (recorded?.bytes !== entry.uncompressedSize || entry.uncompressedSize > MAX_FILE_BYTES)
    throw new UserError(
      `${file} is damaged: ${name} has ${entry.uncompressedSize} bytes, and its RECORD says ${recorded?.bytes ?? 'nothing'}. Download it again.`,
    );
  await mkdir(path.dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(await zip.openReadStreamPromise(entry), hashed, createWriteStream(target));
  if (hash.digest('base64url') !== recorded.sha256)
    throw new UserError(
      `${file} is damaged: ${name} differs from its recorded SHA-256. Download it again.`,
    );
}

/** A missing file or a full disk is not the wheel's fault. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ReadableStreamDefaultReader } from 'node:stream/web';
import { folderRefusal } from '../runs/diskErrors';
import { messageOf, UserError } from '../shared/userError';
import type { KnownFile } from './knownSets';
import { forgetPart, readPart, rememberValidator, type Part } from './partFile';

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number, total: number) => void;
  /** Stands in for the network in tests. */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * Fetches a file into a folder and returns its path. What has arrived is kept as `<name>.part`, so a
 * download that was cut off or cancelled goes on from there, if the server's file is still the
 * same; otherwise it starts again. The file gets its name only when size and SHA-256 are right.
 *
 * @throws UserError when the server, the network, the disk or the checksum fails; the signal's
 *   reason when aborted
 */
export async function download(
  file: KnownFile,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const target = path.join(folder, file.name);
  try {
    await mkdir(folder, { recursive: true });
    if (await isThere(target, file)) return target;
    const part = await readPart(target);
    const digest = await fetchInto(part, file, options);
    if (digest !== file.sha256) {
      await forgetPart(part);
      throw new UserError(
        `"${file.url}" sent other data than expected (SHA-256 ${digest} instead of ${file.sha256}): it was deleted; try again, and if it happens again the set has changed.`,
      );
    }
    await rename(part.path, target);
    await forgetPart(part);
    return target;
  } catch (thrown) {
    options.signal?.throwIfAborted();
    throw diskError(thrown, folder);
  }
}

/** Whether the file was fetched before; one of that name with other content is an error. */
async function isThere(target: string, file: KnownFile): Promise<boolean> {
  const found = await stat(target).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return undefined;
    throw thrown;
  });
  if (found === undefined) return false;
  if (found.isFile() && found.size === file.bytes) {
    const hash = createHash('sha256');
    await addFile(hash, target);
    if (hash.digest('hex') === file.sha256) return true;
  }
  throw new UserError(
    `"${target}" exists but is not the file from ${file.url}: move it away and try again.`,
  );
}

/** Completes the part and returns its SHA-256. */
async function fetchInto(part: Part, file: KnownFile, options: DownloadOptions): Promise<string> {
  if (part.bytes > file.bytes) {
    await rm(part.path);
    return fetchInto({ ...part, bytes: 0 }, file, options);
  }
  if (part.bytes === file.bytes) {
    const hash = createHash('sha256');
    await addFile(hash, part.path);
    return hash.digest('hex');
  }
  const response = await request(part, file, options);
  const resumed = response.status === 206;
  const start = resumed ? part.bytes : 0;
  const handle = await open(part.path, resumed ? 'r+' : 'w');
  try {
    await rememberValidator(part, response.headers.get('etag'));
    const hash = createHash('sha256');
    if (start > 0) await addFile(hash, part.path);
    await receive(response, handle, { start, hash }, file, options);
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

/**
 * Asks for what is missing. `If-Range` makes the server send all of a file that has changed; a
 * server that knows no ranges does so, too.
 */
async function request(
  part: Part,
  file: KnownFile,
  { signal, fetch = globalThis.fetch }: DownloadOptions,
): Promise<Response> {
  const resume = part.bytes > 0 && part.validator !== undefined;
  const headers = {
    // A server that packs on the fly would change length and content of what we check.
    'accept-encoding': 'identity',
    ...(resume && { range: `bytes=${part.bytes}-`, 'if-range': part.validator }),
  };
  const response = await fetch(file.url, { headers, signal: signal ?? null }).catch(
    (thrown: unknown) => {
      throw lostConnection(file, part.bytes, thrown);
    },
  );
  const problem = problemOf(response, resume ? part.bytes : 0, file);
  if (problem === undefined) return response;
  await response.body?.cancel();
  throw new UserError(`"${file.url}" ${problem}.`);
}

/** Why a response cannot be used, or undefined. */
function problemOf(response: Response, start: number, file: KnownFile): string | undefined {
  if (response.status === 206 && start > 0) {
    const range = response.headers.get('content-range');
    if (range === `bytes ${start}-${file.bytes - 1}/${file.bytes}`) return undefined;
    return `answered with the range "${range}" instead of the rest of ${file.bytes} bytes: delete the .part file and try again`;
  }
  if (response.status !== 200) {
    return `answered ${response.status} ${response.statusText}: try again later, or fetch the file by other means`;
  }
  const length = response.headers.get('content-length');
  if (length === null || Number(length) === file.bytes) return undefined;
  return `has ${length} bytes instead of ${file.bytes}: the set has changed; nothing was fetched`;
}

/** Writes the body behind `start` and adds it to the hash. */
async function receive(
  response: Response,
  handle: FileHandle,
  { start, hash }: { start: number; hash: Hash },
  file: KnownFile,
  { onProgress }: DownloadOptions,
): Promise<void> {
  const body: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  let at = start;
  try {
    for (;;) {
      const next = await body?.read().catch((thrown: unknown) => {
        throw lostConnection(file, at, thrown);
      });
      if (next?.value === undefined) break;
      const chunk = next.value;
      if (at + chunk.length > file.bytes) throw tooLong(file);
      await handle.write(chunk, 0, chunk.length, at);
      hash.update(chunk);
      at += chunk.length;
      onProgress?.(at, file.bytes);
    }
  } finally {
    // Closes the connection after a full disk. A stream that failed refuses, and that is known.
    await body?.cancel().catch(() => undefined);
  }
  if (at < file.bytes) throw lostConnection(file, at, undefined);
}

function tooLong({ url, bytes }: KnownFile): UserError {
  return new UserError(`"${url}" sent more than its ${bytes} bytes: try again later.`);
}

async function addFile(hash: Hash, file: string): Promise<void> {
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
}

function lostConnection(file: KnownFile, bytes: number, thrown: unknown): UserError {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const detail = cause === undefined ? '' : ` (${messageOf(cause)})`;
  return new UserError(
    `The connection to "${file.url}" failed after ${bytes} of ${file.bytes} bytes${detail}: try again to go on from there.`,
    { cause: thrown },
  );
}

function diskError(thrown: unknown, folder: string): unknown {
  switch (folderRefusal(thrown)) {
    case 'full':
      return new UserError(
        `There is no space left for the download in "${folder}": make room and try again to go on from there.`,
        { cause: thrown },
      );
    case 'forbidden':
      return new UserError(`"${folder}" cannot be written: choose another folder with --to.`, {
        cause: thrown,
      });
    case undefined:
      return thrown;
  }
}

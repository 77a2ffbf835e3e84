import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { messageOf, UserError } from '../../shared/userError';

/** The server's answer when all of a file is held that was never given its name. */
const RANGE_NOT_SATISFIABLE = 416;

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Bytes that have arrived, and in all. */
  readonly onProgress?: (bytes: number, total: number) => void;
}

/** Four times the largest archive that is fetched. */
const MAX_BYTES = 2 ** 31;

/**
 * Fetches an archive for which nobody publishes a SHA-256, and returns its path. What can be
 * checked is: the connection (TLS), the length, and the MD5 that Google's storage sends in
 * `x-goog-hash`. What has arrived of a broken download is kept and completed by the next call, if
 * the server's file is still the same.
 *
 * @throws UserError when the server or the connection fails, or the bytes are not the server's
 */
export async function fetchArchive(
  url: string,
  folder: string,
  options: FetchOptions = {},
): Promise<string> {
  const target = path.join(folder, path.posix.basename(new URL(url).pathname));
  if (await sizeOf(target)) return target;
  await mkdir(folder, { recursive: true });
  const part = `${target}.part`;
  const mark = `${part}.etag`;
  const held = await sizeOf(part);
  const etag = held > 0 ? await readFile(mark, 'utf8').catch(() => undefined) : undefined;

  const response = await request(url, etag === undefined ? 0 : held, etag, options.signal);
  if (response.status === RANGE_NOT_SATISFIABLE) {
    await response.body?.cancel();
    await rm(part);
    await rm(mark);
    return fetchArchive(url, folder, options);
  }
  const start = response.status === 206 ? held : 0;
  const total = start + Number(response.headers.get('content-length') ?? Number.NaN);
  if (!(total <= MAX_BYTES)) throw new UserError(`${url} does not say how large it is: try later.`);
  const newEtag = response.headers.get('etag');
  if (newEtag !== null && !newEtag.startsWith('W/')) await writeFile(mark, newEtag);
  else await rm(mark, { force: true });

  await receive(response, { url, part, start, total }, options);
  const problem = await checkMd5(part, response.headers.get('x-goog-hash'));
  if (problem !== undefined) {
    await rm(part);
    throw new UserError(`${url} arrived damaged (${problem}) and was deleted: try again.`);
  }
  await rename(part, target);
  await rm(mark, { force: true });
  return target;
}

/** Size of a file; 0 where there is none. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function request(
  url: string,
  start: number,
  etag: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (etag !== undefined) Object.assign(headers, { range: `bytes=${start}-`, 'if-range': etag });
  let response: Response;
  try {
    response = await fetch(url, { headers, signal: signal ?? null });
  } catch (error) {
    signal?.throwIfAborted();
    throw new UserError(`${url} cannot be reached (${reasonOf(error)}): check the network.`, {
      cause: error,
    });
  }
  const range = response.headers.get('content-range');
  if (start > 0 && response.status === RANGE_NOT_SATISFIABLE) return response;
  const fits = response.status === 200 || range?.startsWith(`bytes ${start}-`) === true;
  if (response.ok && fits && response.body) return response;
  await response.body?.cancel();
  throw new UserError(
    `${url} answered ${response.status} ${response.statusText}: use \`sn-gan runtime install\` without --from official instead.`,
  );
}

/** Each piece is on the disk before the next is asked for, so that nothing received is lost. */
async function receive(
  response: Response,
  { url, part, start, total }: { url: string; part: string; start: number; total: number },
  { signal, onProgress }: FetchOptions,
): Promise<void> {
  let bytes = start;
  const file = await open(part, start > 0 ? 'a' : 'w');
  try {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      await file.write(chunk);
      bytes += chunk.length;
      onProgress?.(bytes, total);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw error;
    throw cutOff(url, bytes, total, error);
  } finally {
    await file.close();
  }
  if (bytes !== total) throw cutOff(url, bytes, total, undefined);
}

function cutOff(url: string, bytes: number, total: number, error: unknown): UserError {
  const why = error === undefined ? '' : ` (${reasonOf(error)})`;
  return new UserError(
    `The download of ${url} ended after ${bytes} of ${total} bytes${why}: run the command again to go on from there.`,
    { cause: error },
  );
}

/** Compares with `x-goog-hash: crc32c=…,md5=…`, which other servers do not send. */
async function checkMd5(file: string, header: string | null): Promise<string | undefined> {
  const expected = /md5=([A-Za-z0-9+/=]+)/.exec(header ?? '')?.[1];
  if (expected === undefined) return undefined;
  const hash = createHash('md5');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('base64');
  return actual === expected ? undefined : `MD5 ${actual} instead of ${expected}`;
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return messageOf(cause);
}

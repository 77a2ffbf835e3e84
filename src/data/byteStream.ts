import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '../shared/userError';

/**
 * Reads a stream in pieces of the caller's size: records of binary formats. Nothing is allocated
 * for a length that a header claims before the bytes are there.
 */
export class ByteStream {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  /** @param where names the file in messages */
  constructor(
    stream: AsyncIterable<Uint8Array>,
    private readonly where: string,
  ) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /**
   * The next `length` bytes, fewer only at the end of the stream.
   *
   * @throws UserError when the stream is damaged or cut off
   */
  async read(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.rest.length === 0) {
        const next = await this.next();
        if (next === undefined) break;
        this.rest = next;
      }
      const part = this.rest.subarray(0, missing);
      this.rest = this.rest.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  /** Closes the stream early. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private async next(): Promise<Uint8Array | undefined> {
    try {
      const next = await this.chunks.next();
      return next.done === true ? undefined : next.value;
    } catch (thrown) {
      throw damagedStream(this.where, thrown);
    }
  }
}

/** What a failing read of a file or archive means for the user. */
export function damagedStream(where: string, thrown: unknown): UserError {
  if (thrown instanceof UserError) return thrown;
  return new UserError(
    `"${where}" cannot be read to its end (${messageOf(thrown)}): it is damaged or cut off; fetch it again.`,
    { cause: thrown },
  );
}

/** The bytes of a file, unpacked when they are gzip. */
export async function openUnpacked(file: string): Promise<Readable> {
  const raw = createReadStream(file, { highWaterMark: 1 << 18 });
  if (!(await isGzip(file))) return raw;
  // An error of either stream destroys the last one, whose reader then throws it.
  return pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => undefined);
}

/** Length of {@link openUnpacked}'s stream in bytes; a gzip file is read through for it. */
export async function unpackedSize(file: string): Promise<number> {
  if (!(await isGzip(file))) return (await stat(file)).size;
  let size = 0;
  try {
    for await (const part of await openUnpacked(file)) size += (part as Uint8Array).length;
  } catch (thrown) {
    throw damagedStream(file, thrown);
  }
  return size;
}

async function isGzip(file: string): Promise<boolean> {
  const head = await readHead(file, 2);
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The first bytes of a file, at most `length`. */
export async function readHead(file: string, length: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await handle.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Runs `body` on the unpacked bytes of a file and closes it, whatever happens. */
export async function withUnpacked<T>(
  file: string,
  body: (bytes: ByteStream) => Promise<T>,
): Promise<T> {
  const stream = await openUnpacked(file);
  try {
    return await body(new ByteStream(stream, file));
  } finally {
    stream.destroy();
  }
}

/** Everything a stream holds, or undefined when that is more than `limit` bytes. */
export async function readAtMost(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

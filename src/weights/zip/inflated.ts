import { Readable, pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { messageOf, UserError } from '../../shared/userError';

/**
 * Raw deflate data unpacked as it is asked for: whoever stops early pays for no more.
 *
 * @param damaged makes the error for data that cannot be unpacked
 */
export async function* inflated(
  parts: AsyncIterable<Buffer>,
  damaged: (why: string) => UserError,
): AsyncGenerator<Buffer> {
  const inflate = zlib.createInflateRaw({ chunkSize: 1 << 16 });
  // An error of the source destroys `inflate`, whose reader then throws it.
  const source = pipeline(Readable.from(parts), inflate, () => undefined);
  try {
    for await (const part of source) yield part as Buffer;
  } catch (thrown) {
    throw thrown instanceof UserError ? thrown : damaged(messageOf(thrown));
  } finally {
    source.destroy();
  }
}

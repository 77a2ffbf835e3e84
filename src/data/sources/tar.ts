import path from 'node:path';
import { pipeline } from 'node:stream';
import { extract, type Extract } from 'tar-stream';
import { ByteStream, damagedStream, openUnpacked, readAtMost } from '../byteStream';
import { hasImageName, maxImageBytes } from '../decode/decodeImage';
import type { ImageSource, SourceImage } from '../imageSource';
import { codedImage } from './codedImage';
import { recordFormatOf, recordImages, splitOfRecordFile } from './records';

type Entry = Extract extends { [Symbol.asyncIterator](): AsyncIterator<infer E> } ? E : never;

/**
 * A tar archive, perhaps gzipped, of images or of CIFAR or STL-10 binary files, as those sets are
 * published. It is read in one pass in its own order; nothing is extracted, and links in it are
 * ignored. Labels of STL-10 come after its images there, so that set has no classes.
 */
export function openTar(file: string): ImageSource {
  return { kind: 'tar archive', total: undefined, images: () => imagesOf(file) };
}

async function* imagesOf(file: string): AsyncGenerator<SourceImage> {
  const raw = await openUnpacked(file);
  const entries = extract();
  // An error of either stream destroys both; the iterator then throws it.
  pipeline(raw, entries, () => undefined);
  const iterator = entries[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((thrown: unknown) => {
        throw damagedStream(file, thrown);
      });
      if (next.done === true) return;
      yield* imagesOfEntry(next.value, file);
      next.value.resume();
    }
  } finally {
    raw.destroy();
    entries.destroy();
  }
}

async function* imagesOfEntry(entry: Entry, file: string): AsyncGenerator<SourceImage> {
  const { name, type, size = 0 } = entry.header;
  // Its types leave the elements open; they are Buffers.
  const bytes = entry as AsyncIterable<Uint8Array>;
  if (type !== 'file' && type !== 'contiguous-file') return;
  if (hasImageName(path.posix.basename(name))) {
    const read = (): Promise<Uint8Array | undefined> =>
      readAtMost(bytes, maxImageBytes).catch((thrown: unknown) => {
        throw damagedStream(file, thrown);
      });
    yield codedImage({ path: name, bytes: size, read });
    return;
  }
  const format = name.endsWith('.bin') ? recordFormatOf(size) : undefined;
  if (format === undefined || /_y\.bin$/.test(name)) return;
  const split = splitOfRecordFile(name);
  yield* recordImages(new ByteStream(bytes, file), format, { file: name, split });
}

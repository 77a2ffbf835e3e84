import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { ByteStream, openUnpacked, withUnpacked } from '../byteStream';
import type { ImageSource, SourceImage, Split } from '../imageSource';
import { arrayImage, checkedLayout, type ArrayLayout } from './arrayLayout';
import { splitOfRecordFile } from './records';

/**
 * IDX files of unsigned bytes, perhaps gzipped, as MNIST and its kin have them: [n, h, w] grey or
 * [n, h, w, 3]. Labels come from the file beside, whose name says `labels` and `idx1` where this
 * one says `images` and `idx3`. Of several files the names tell the split (train, t10k); one that
 * was asked for alone is taken whatever its name. An image smaller than the training size is resized like any other.
 *
 * @throws UserError when the header makes no sense or is one of labels
 */
export async function openIdx(files: readonly string[]): Promise<ImageSource> {
  const headers = new Map<string, ArrayLayout>();
  for (const file of files) headers.set(file, await imageHeader(file));
  return {
    kind: 'IDX',
    total: [...headers.values()].reduce((sum, { count }) => sum + count, 0),
    async *images() {
      for (const [file, layout] of headers) {
        const split = files.length > 1 ? splitOfRecordFile(path.basename(file)) : undefined;
        yield* imagesOf(file, layout, split);
      }
    },
  };
}

/** Whether an IDX file holds images rather than labels, by its number of dimensions. */
export function isIdxOfImages(head: Uint8Array): boolean {
  return head[3] === 3 || head[3] === 4;
}

async function imageHeader(file: string): Promise<ArrayLayout> {
  const shape = await withUnpacked(file, (bytes) => readShape(bytes, file));
  if (shape.length < 3) {
    throw new UserError(
      `"${file}" is an IDX file of labels, not of images: give the images file, whose labels are found beside it.`,
    );
  }
  return checkedLayout(shape, file);
}

/** Reads the header: two zero bytes, type 8 (unsigned byte), dimensions, big-endian lengths. */
async function readShape(bytes: ByteStream, file: string): Promise<number[]> {
  const magic = await bytes.read(4);
  const lengths = Buffer.from(await bytes.read(4 * (magic[3] ?? 0)));
  if (magic.length < 4 || magic[2] !== 8 || lengths.length < 4 * magic[3]) {
    throw new UserError(`"${file}" ends within its IDX header: it is damaged; fetch it again.`);
  }
  return Array.from({ length: magic[3] }, (_, i) => lengths.readUInt32BE(4 * i));
}

async function* imagesOf(
  file: string,
  layout: ArrayLayout,
  split: Split | undefined,
): AsyncGenerator<SourceImage> {
  const labels = await labelsBeside(file, layout.count);
  const stream = await openUnpacked(file);
  try {
    const bytes = new ByteStream(stream, file);
    await readShape(bytes, file);
    const imageBytes = layout.height * layout.width * layout.channels;
    for (let i = 0; i < layout.count; i++) {
      const data = await bytes.read(imageBytes);
      if (data.length < imageBytes) {
        throw new UserError(
          `"${file}" is cut off: its header promises ${layout.count} images, it holds ${i}; fetch it again.`,
        );
      }
      yield {
        name: `${path.basename(file)} #${i + 1}`,
        folders: labels === undefined ? [] : [String(labels[i])],
        split,
        decode: () => arrayImage(data, layout),
      };
    }
  } finally {
    stream.destroy();
  }
}

async function labelsBeside(file: string, count: number): Promise<Uint8Array | undefined> {
  const name = path.basename(file).replace('images', 'labels').replace('idx3', 'idx1');
  if (name === path.basename(file)) return undefined;
  const stem = path.join(path.dirname(file), name.replace(/\.gz$/, ''));
  const labelFile = [stem, `${stem}.gz`].find((candidate) => existsSync(candidate));
  if (labelFile === undefined) return undefined;
  return withUnpacked(labelFile, async (bytes) => {
    const shape = await readShape(bytes, labelFile);
    const labels = await bytes.read(count);
    if (shape.length !== 1 || shape[0] !== count || labels.length !== count) {
      throw new UserError(
        `"${labelFile}" has ${shape.join(' x ')} labels for the ${count} images of "${file}": they do not belong together; move one of them away.`,
      );
    }
    return labels;
  });
}

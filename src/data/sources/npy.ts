import { UserError } from '../../shared/userError';
import { ByteStream } from '../byteStream';
import type { ImageSource, SourceImage } from '../imageSource';
import { arrayImage, checkedLayout, type ArrayLayout } from './arrayLayout';
import { readNpyLayout, type NpyLayout } from './npyLayout';
import { forEachValue, greyScaleOf, type GreyScale } from './npyValues';

/** A .npy array that can be read from its start as often as needed. */
export interface NpyFile {
  /** Names it in messages. */
  readonly name: string;
  readonly open: () => Promise<AsyncIterable<Uint8Array> & { destroy(): void }>;
}

/**
 * An array of images, and perhaps one of labels: [n] integers. Floats are read twice, because the
 * smallest and largest value of all tell what they mean ({@link greyScaleOf}).
 *
 * @throws UserError when the arrays cannot be images and labels
 */
export async function openNpy(images: NpyFile, labels?: NpyFile): Promise<ImageSource> {
  const header = await withNpy(images, (_, read) => Promise.resolve(read));
  const layout = checkedLayout(header.shape, images.name);
  const classes = labels === undefined ? undefined : await readLabels(labels, layout.count);
  const grey = header.type.kind === 'u' && header.type.bytes === 1;
  return {
    kind: 'NumPy array',
    total: layout.count,
    async *images() {
      const scale = grey ? undefined : await findGreyScale(images, layout);
      yield* imagesOf(images, layout, scale, classes);
    },
  };
}

/** Header of a .npy file, then `body` on its elements; closes the file. */
export async function withNpy<T>(
  file: NpyFile,
  body: (bytes: ByteStream, header: NpyLayout) => Promise<T>,
): Promise<T> {
  const stream = await file.open();
  try {
    const bytes = new ByteStream(stream, file.name);
    return await body(bytes, await readNpyLayout(bytes, file.name));
  } finally {
    stream.destroy();
  }
}

async function* imagesOf(
  file: NpyFile,
  layout: ArrayLayout,
  scale: GreyScale | undefined,
  classes: readonly string[] | undefined,
): AsyncGenerator<SourceImage> {
  const stream = await file.open();
  try {
    const bytes = new ByteStream(stream, file.name);
    const header = await readNpyLayout(bytes, file.name);
    for (let i = 0; i < layout.count; i++) {
      const raw = await readImage(bytes, header, layout, i, file.name);
      yield {
        name: `${file.name} #${i + 1}`,
        folders: classes === undefined ? [] : [classes[i]],
        split: undefined,
        decode: () => arrayImage(scale === undefined ? raw : toLevels(raw, header, scale), layout),
      };
    }
  } finally {
    stream.destroy();
  }
}

async function readImage(
  bytes: ByteStream,
  header: NpyLayout,
  layout: ArrayLayout,
  index: number,
  where: string,
): Promise<Uint8Array> {
  const length = layout.height * layout.width * layout.channels * header.type.bytes;
  const raw = await bytes.read(length);
  if (raw.length === length) return raw;
  throw new UserError(
    `"${where}" is cut off: its header promises ${layout.count} images, it holds ${index}; save it again.`,
  );
}

function toLevels(raw: Uint8Array, { type }: NpyLayout, { offset, scale }: GreyScale): Uint8Array {
  const levels = new Uint8Array(raw.length / type.bytes);
  forEachValue(raw, type, (value, i) => {
    levels[i] = Math.round((value + offset) * scale);
  });
  return levels;
}

async function findGreyScale(file: NpyFile, layout: ArrayLayout): Promise<GreyScale> {
  return withNpy(file, async (bytes, header) => {
    let min = Infinity;
    let max = -Infinity;
    for (let i = 0; i < layout.count; i++) {
      forEachValue(await readImage(bytes, header, layout, i, file.name), header.type, (value) => {
        if (!Number.isFinite(value)) {
          throw new UserError(`"${file.name}" holds ${value} in image ${i + 1}: no image can.`);
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
      });
    }
    return greyScaleOf(header.type, min, max, file.name);
  });
}

async function readLabels(file: NpyFile, count: number): Promise<string[]> {
  return withNpy(file, async (bytes, { shape, type }) => {
    const values: string[] = [];
    const fits = shape[0] === count && shape.slice(1).every((length) => length === 1);
    const raw = fits ? await bytes.read(count * type.bytes) : new Uint8Array(0);
    if (type.kind === 'f' || raw.length < count * type.bytes) {
      throw new UserError(
        `"${file.name}" has the shape [${shape.join(', ')}]: labels of these images are ${count} whole numbers.`,
      );
    }
    forEachValue(raw, type, (value) => values.push(String(value)));
    return values;
  });
}

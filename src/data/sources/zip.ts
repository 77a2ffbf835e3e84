import path from 'node:path';
import { UserError } from '../../shared/userError';
import { readAtMost } from '../byteStream';
import { hasImageName, maxImageBytes } from '../decode/decodeImage';
import type { ImageSource, SourceImage } from '../imageSource';
import { codedImage } from './codedImage';
import { openNpy, type NpyFile } from './npy';
import { openZip, type OpenZip, type ZipEntry } from './zipEntries';

/** A zip archive of images, or NumPy's .npz, which is a zip archive of .npy arrays. */
export async function openZipSource(file: string): Promise<ImageSource> {
  const zip = await openZip(file);
  const images = zip.entries.filter(isImage);
  if (images.length > 0) return imagesInZip(zip, images);
  const source = await openNpz(file, zip.entries).catch((thrown: unknown) => {
    zip.close();
    throw thrown;
  });
  return { ...source, images: () => closing(zip, source.images()) };
}

function imagesInZip(zip: OpenZip, entries: readonly ZipEntry[]): ImageSource {
  return {
    kind: 'zip archive of images',
    total: entries.length,
    images: () => closing(zip, codedImages(entries)),
  };
}

function* codedImages(entries: readonly ZipEntry[]): Generator<SourceImage> {
  for (const entry of entries) {
    yield codedImage({
      path: entry.path,
      bytes: entry.bytes,
      read: async () => readAtMost(await entry.open(), maxImageBytes),
    });
  }
}

/** Passes the images on and closes the archive after the last, or when the reader stops. */
async function* closing(
  zip: OpenZip,
  images: Iterable<SourceImage> | AsyncIterable<SourceImage>,
): AsyncGenerator<SourceImage> {
  try {
    yield* images;
  } finally {
    zip.close();
  }
}

function isImage({ path: name }: ZipEntry): boolean {
  // macOS adds a shadow folder with a stub for every file.
  return hasImageName(path.posix.basename(name)) && !name.startsWith('__MACOSX/');
}

const imageKeys = ['x', 'images', 'image', 'x_train', 'train_images', 'data', 'arr_0'];
const labelKeys = ['y', 'labels', 'label', 'y_train', 'train_labels', 'targets', 'arr_1'];

/** Finds the arrays by their usual names; a single array needs no name. */
async function openNpz(file: string, entries: readonly ZipEntry[]): Promise<ImageSource> {
  const arrays = new Map(
    entries.flatMap((entry) =>
      entry.path.endsWith('.npy') ? [[entry.path.slice(0, -'.npy'.length), entry] as const] : [],
    ),
  );
  if (arrays.size === 0) throw noImages(file, entries);
  const images =
    arrays.size === 1
      ? [...arrays.values()][0]
      : imageKeys.flatMap((key) => arrays.get(key) ?? [])[0];
  if (images === undefined) {
    throw new UserError(
      `"${file}" has the arrays ${[...arrays.keys()].join(', ')}, none of which is named as images are: call it one of ${imageKeys.join(', ')}.`,
    );
  }
  const labels = labelKeys.flatMap((key) => arrays.get(key) ?? [])[0];
  const source = await openNpy(
    arrayFile(file, images),
    labels === undefined || labels === images ? undefined : arrayFile(file, labels),
  );
  return { ...source, kind: 'NumPy archive' };
}

function arrayFile(file: string, entry: ZipEntry): NpyFile {
  return { name: `${path.basename(file)}/${entry.path}`, open: entry.open };
}

function noImages(file: string, entries: readonly ZipEntry[]): UserError {
  const some = entries.slice(0, 3).map((entry) => entry.path);
  const found =
    entries.length === 0 ? 'is empty' : `holds ${entries.length} files (${some.join(', ')} …)`;
  return new UserError(
    `"${file}" ${found} but no PNG, JPEG or WebP images and no .npy arrays: a zip archive must hold one or the other; unpack other formats first.`,
  );
}

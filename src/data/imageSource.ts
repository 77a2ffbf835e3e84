import type { RgbImage } from '../runs/png';

/**
 * What every format is turned into: a stream of images that are decoded one at a time, so that an
 * archive of any length needs the memory of one image.
 */
export interface ImageSource {
  /** What was found, for people: `folder of images`, `Parquet`. */
  readonly kind: string;
  /** How many images will come, where that is known beforehand. */
  readonly total: number | undefined;
  /** The images in an order that is the same on every machine. */
  images(): AsyncIterable<SourceImage>;
}

export interface SourceImage {
  /** File or record, for messages. */
  readonly name: string;
  /** Folders around the image, outermost first; a format with labels gives `[class name]`. */
  readonly folders: readonly string[];
  readonly split: Split | undefined;
  /** Decodes the image. Throws {@link DamagedImage}. Must be called before the next image. */
  readonly decode: () => RgbImage | Promise<RgbImage>;
}

/** Which part of a set an image belongs to; `test` stands for validation, too. */
export type Split = 'train' | 'test';

/** One image is unreadable; the others may be fine. The message completes "x.png: …". */
export class DamagedImage extends Error {
  override readonly name = 'DamagedImage';
}

/** What a source may be, for messages about one that is something else. */
export const expectedSources =
  'expected emoji-32, or a folder, zip or tar(.gz) of PNG, JPEG or WebP images, or a CIFAR-10/100 or STL-10 binary, IDX, .npy, .npz or .parquet file';

import type { ImageSize } from '../shared/config';

/** A set of training images, held in memory as bytes: the same for every kind of source. */
export interface ImageSet {
  /** Short name for people: the last part of the path, or the name of the built-in set. */
  readonly name: string;
  /** Where it came from, as it was asked for. */
  readonly source: string;
  /** What was found there, for people: `folder of images`, `CIFAR-10 binary`. */
  readonly kind: string;
  readonly count: number;
  /** Side of the square images in pixels. */
  readonly size: ImageSize;
  /** Names of the classes, sorted; empty when the source knows none. */
  readonly classes: readonly string[];
  /** RGB, [count, size, size, 3]. */
  readonly images: Uint8Array;
  /** Index into `classes` of each image, [count]; undefined without classes. */
  readonly labels: Uint16Array | undefined;
  /** What could not be read, with a reason each. */
  readonly skipped: readonly SkippedFile[];
  /** Readable images that were left out because they belong to another split (test, validation). */
  readonly otherSplit: number;
}

export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

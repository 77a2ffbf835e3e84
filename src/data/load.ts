import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageSize, ResizeFilter } from '../shared/config';
import { messageOf, UserError } from '../shared/userError';
import { HeldImages } from './heldImages';
import { DamagedImage, type SourceImage, type Split } from './imageSource';
import type { ImageSet, SkippedFile } from './imageSet';
import { openSource } from './openSource';
import { fitImage } from './resize';

export interface LoadOptions {
  readonly size: ImageSize;
  readonly resize: ResizeFilter;
  /** How many unreadable images are skipped before the set is refused. */
  readonly maxDamaged: number;
  /**
   * Which images of a set that has splits: `train` (default) leaves test and validation images out,
   * so that they can judge what was learnt; sets without splits are taken whole.
   */
  readonly split?: Split | 'all';
  readonly signal?: AbortSignal;
  /** Called at most every 50 ms; the total is unknown in a tar archive. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** Milliseconds of work after which other work of the process gets its turn. */
const turn = 20;
const progressInterval = 50;

/**
 * Loads a set of images: decodes each, cuts out its centre square and resizes it. The order of the
 * images is the same on every machine.
 *
 * @param source `emoji-32`, or the path of a folder or file
 * @throws UserError when the set cannot be used; the signal's reason when aborted
 */
export async function loadImageSet(source: string, options: LoadOptions): Promise<ImageSet> {
  const opened = await openSource(source);
  const held = new HeldImages(options.size, source);
  const skipped: SkippedFile[] = [];
  let otherSplit = 0;
  let turnEnds = performance.now() + turn;
  let nextProgress = 0;

  for await (const image of opened.images()) {
    if (belongs(image, options.split ?? 'train')) {
      const pixels = await decoded(image, options);
      if (pixels instanceof DamagedImage) {
        skipped.push({ file: image.name, reason: pixels.message });
        if (skipped.length > options.maxDamaged) throw tooManyDamaged(source, skipped, options);
      } else {
        held.add(pixels, image.folders);
      }
    } else {
      otherSplit++;
    }
    if (performance.now() < turnEnds) continue;
    if (performance.now() >= nextProgress) {
      options.onProgress?.(held.count + skipped.length + otherSplit, opened.total);
      nextProgress = performance.now() + progressInterval;
    }
    await nextTurn();
    options.signal?.throwIfAborted();
    turnEnds = performance.now() + turn;
  }
  options.signal?.throwIfAborted();

  checkEnough(source, opened.kind, held.count, skipped, otherSplit, options.split ?? 'train');
  const done = held.count + skipped.length + otherSplit;
  options.onProgress?.(done, done);
  return {
    name: path.basename(path.resolve(source)),
    source,
    kind: opened.kind,
    size: options.size,
    skipped,
    otherSplit,
    ...held.finish(),
  };
}

function belongs(image: SourceImage, split: Split | 'all'): boolean {
  if (split === 'all') return true;
  return split === 'train' ? image.split !== 'test' : image.split === 'test';
}

async function decoded(
  image: SourceImage,
  { size, resize }: LoadOptions,
): Promise<Uint8Array | DamagedImage> {
  try {
    return await fitImage(await image.decode(), size, resize);
  } catch (thrown) {
    if (thrown instanceof DamagedImage) return thrown;
    if (thrown instanceof UserError) throw thrown;
    throw new Error(`${image.name}: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function tooManyDamaged(
  source: string,
  skipped: readonly SkippedFile[],
  { maxDamaged }: LoadOptions,
): UserError {
  return new UserError(
    `"${source}" has more unreadable images than the ${maxDamaged} that data.maxDamaged allows: ${firstFew(skipped)}. Repair or remove them, or raise data.maxDamaged.`,
  );
}

function checkEnough(
  source: string,
  kind: string,
  count: number,
  skipped: readonly SkippedFile[],
  otherSplit: number,
  split: Split | 'all',
): void {
  if (count >= 2) return;
  const found = count === 0 ? 'no readable images' : 'only one readable image';
  const more =
    otherSplit > 0
      ? ` in its ${split} split, and ${otherSplit} in others`
      : skipped.length > 0
        ? `; unreadable: ${firstFew(skipped)}`
        : '';
  throw new UserError(`"${source}" (${kind}) has ${found}${more}: training needs at least two.`);
}

function firstFew(skipped: readonly SkippedFile[]): string {
  const shown = skipped.slice(0, 3).map(({ file, reason }) => `${file} (${reason})`);
  const more = skipped.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

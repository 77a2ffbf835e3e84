import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ImageSet } from '../data/imageSet';
import type { Logger } from '../runs/log';
import { type ImageBatch, writeGrid } from '../runs/sampleGrid';
import type { TrainConfig } from '../shared/config';
import { randomPurpose, RandomStream } from '../shared/random';
import { runFile } from '../shared/runFolder';
import { messageOf } from '../shared/userError';

/**
 * Puts a grid of training images into the run folder, for comparison with the sample grids; one
 * that is there stays. A picture that cannot be written is no reason not to train: the log says so.
 */
export async function writeRealImages(
  folder: string,
  set: ImageSet,
  config: TrainConfig,
  log: Logger,
): Promise<void> {
  const file = path.join(folder, runFile.realImages);
  if (existsSync(file)) return;
  try {
    await writeGrid(file, realImages(set, config.samples.count, config.seed));
  } catch (thrown) {
    log.warn(`No grid of training images was made: ${messageOf(thrown)}`);
  }
}

/**
 * The images with which the first epoch begins, as they are in the set: neither mirrored nor
 * dequantised. Of a set with fewer than `count` each is there once, and the places that are left
 * are grey, so that the grid is as large as one of `count` samples.
 */
export function realImages(
  { images, count: available, size }: ImageSet,
  count: number,
  seed: number,
): ImageBatch {
  const order = new RandomStream(seed, randomPurpose.order).permutation(available);
  const length = size * size * 3;
  // 0 is the grey of the gutters.
  const data = new Float32Array(count * length);
  for (const [i, image] of order.subarray(0, count).entries()) {
    for (let k = 0; k < length; k++) data[i * length + k] = images[image * length + k] / 127.5 - 1;
  }
  return { data, count, height: size, width: size };
}

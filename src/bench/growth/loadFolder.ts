import { z } from 'zod';
import { Batches } from '../../data/batches';
import { loadImageSet } from '../../data/load';
import { defaults } from '../../gan/presets';
import { peakBytes } from '../processMemory';
import { median } from '../statistics';

/** What `bench.cjs folder` is given. */
export const folderJobSchema = z.object({ folder: z.string() });

/** And answers: what loading an image folder took, and a batch of 64 from it. */
export const loadedFolderSchema = z.object({
  images: z.int(),
  seconds: z.number(),
  /** Memory that the process held before, at the most, and when the images were loaded. */
  bytesBefore: z.number(),
  peakBytes: z.number(),
  bytesAfter: z.number(),
  batchMs: z.number(),
});
export type LoadedFolder = z.infer<typeof loadedFolderSchema>;

const BATCH = 64;
const BATCHES = 50;

/**
 * Loads a folder of images as the trainer does, and makes some batches.
 *
 * @throws UserError when the folder cannot be used
 */
export async function loadFolder({
  folder,
}: z.infer<typeof folderJobSchema>): Promise<LoadedFolder> {
  const bytesBefore = process.memoryUsage.rss();
  const start = performance.now();
  const set = await loadImageSet(folder, defaults.data);
  const seconds = (performance.now() - start) / 1000;
  const bytesAfter = process.memoryUsage.rss();
  const batches = new Batches(set, { batchSize: BATCH, seed: 0, flip: true, dequantise: true });
  const durations = Array.from({ length: BATCHES }, (_, index) => {
    const began = performance.now();
    batches.batch(index);
    return performance.now() - began;
  });
  return {
    images: set.count,
    seconds,
    bytesBefore,
    peakBytes: peakBytes(),
    bytesAfter,
    batchMs: median(durations),
  };
}

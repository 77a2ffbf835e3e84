import type { RgbImage } from '../runs/png';
import type { ImageSet } from './imageSet';

/**
 * Evenly spaced images of a set, side by side in rows: a picture of what the set is like. The grid
 * is as square as can be; cells that stay empty are white.
 *
 * @param count images to show; fewer when the set has fewer
 */
export function previewGrid(set: ImageSet, count: number): RgbImage {
  const shown = Math.min(count, set.count);
  const columns = Math.ceil(Math.sqrt(shown));
  const width = columns * set.size;
  const height = Math.ceil(shown / columns) * set.size;
  const data = new Uint8Array(width * height * 3).fill(255);
  const rowBytes = set.size * 3;
  for (let i = 0; i < shown; i++) {
    const image = Math.floor((i * set.count) / shown);
    const top = Math.floor(i / columns) * set.size;
    const left = (i % columns) * set.size;
    for (let y = 0; y < set.size; y++) {
      const from = (image * set.size + y) * rowBytes;
      data.set(set.images.subarray(from, from + rowBytes), ((top + y) * width + left) * 3);
    }
  }
  return { width, height, data };
}

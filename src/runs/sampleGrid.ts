import { cellCorner, layOutCells } from '../shared/gridLayout';
import { UserError } from '../shared/userError';
import { type RgbImage, writePng } from './png';

/** A neutral grey that sets off dark and light images alike. */
export const GUTTER_GREY = 128;

/** Images as a generator makes them: [count, height, width, 3], values in [-1, 1]. */
export interface ImageBatch {
  readonly data: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Lays images out row by row, nearly square unless `columns` is given, with gutters of grey.
 * Values become bytes by clip(127.5 x + 127.5) rounded to the nearest, as the official code maps
 * them; places that no image fills stay grey.
 *
 * @throws UserError for images that hold NaN
 */
export function layOutGrid(images: ImageBatch, columns?: number): RgbImage {
  const { data, count, height, width } = images;
  if (count < 1 || data.length !== count * height * width * 3) {
    throw new Error(`${data.length} values are no images [${count}, ${height}, ${width}, 3].`);
  }
  const across = columns ?? Math.ceil(Math.sqrt(count));
  if (!Number.isInteger(across) || across < 1) throw new Error(`No grid has ${across} columns.`);
  const layout = layOutCells(count, width, height, across);
  // Assignment to a clamped array clips and rounds.
  const grid = new Uint8ClampedArray(layout.width * layout.height * 3).fill(GUTTER_GREY);
  for (let i = 0; i < count; i++) {
    const { left, top } = cellCorner(layout, i);
    for (let y = 0; y < height; y++) {
      let from = (i * height + y) * width * 3;
      let to = ((top + y) * layout.width + left) * 3;
      for (const end = from + width * 3; from < end; from++, to++) {
        const value = data[from];
        if (Number.isNaN(value)) throw notANumber(i);
        grid[to] = value * 127.5 + 127.5;
      }
    }
  }
  return { width: layout.width, height: layout.height, data: new Uint8Array(grid.buffer) };
}

/**
 * Writes a grid of images as a PNG; the file appears when it is complete.
 *
 * @returns the bytes of the PNG, its width and height, for other places that show it
 * @throws UserError where the file system refuses or an image holds NaN
 */
export async function writeGrid(
  file: string,
  images: ImageBatch,
  options: { readonly columns?: number } = {},
): Promise<{ png: Buffer; width: number; height: number }> {
  const grid = layOutGrid(images, options.columns);
  const png = await writePng(file, grid);
  return { png, width: grid.width, height: grid.height };
}

function notANumber(image: number): UserError {
  return new UserError(
    `Sample ${image + 1} contains NaN: the generator's weights have diverged. Resume from an earlier checkpoint with a lower learning rate.`,
  );
}

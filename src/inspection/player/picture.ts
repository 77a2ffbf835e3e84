import { GUTTER_GREY } from '../../runs/sampleGrid';
import type { PictureAnswer } from '../../shared/inspectionQuestions';
import { UserError } from '../../shared/userError';

/** How images lie in a picture. */
export interface PictureLayout {
  readonly count: number;
  /** Side of an image in pixels. */
  readonly size: number;
  readonly columns: number;
}

/**
 * Images [count, size, size, 3] in [-1, 1] as one picture, row by row and without gutters: values
 * become bytes as in the grids of training, places without an image are grey.
 *
 * @throws UserError for images that hold NaN
 */
export function pictureOf(images: Float32Array, layout: PictureLayout): PictureAnswer {
  const { count, size, columns } = layout;
  const nan = images.findIndex((value) => Number.isNaN(value));
  if (nan >= 0) {
    throw new UserError(
      `Image ${Math.floor(nan / (size * size * 3)) + 1} contains NaN: the generator's weights have diverged; use an earlier checkpoint.`,
    );
  }
  const rows = Math.ceil(count / columns);
  // Assignment to a clamped array clips and rounds.
  const rgb = new Uint8ClampedArray(rows * columns * size * size * 3).fill(GUTTER_GREY);
  const line = size * 3;
  for (let i = 0; i < count; i++) {
    const left = (i % columns) * line;
    const top = Math.floor(i / columns) * size;
    for (let y = 0; y < size; y++) {
      const from = (i * size + y) * line;
      const to = (top + y) * columns * line + left;
      for (let k = 0; k < line; k++) rgb[to + k] = images[from + k] * 127.5 + 127.5;
    }
  }
  return { kind: 'picture', rgb: new Uint8Array(rgb.buffer), size, columns, count };
}

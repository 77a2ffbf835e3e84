import { Pica } from 'pica';
import type { ResizeFilter } from '../shared/config';
import type { RgbImage } from '../runs/png';

const pica = new Pica({ features: ['js', 'wasm'] });

/**
 * The centre square of an image, resized to `size`: RGB, [size, size, 3]. An image that has this
 * size already comes back untouched, byte for byte.
 *
 * `area` averages the pixels under each new pixel. That is exact when the side is a whole multiple
 * of `size`; otherwise a box would count each old pixel wholly or not at all, so a Hamming window of
 * the same width is used, which neither jumps nor rings. `lanczos` is Lanczos with three lobes.
 */
export async function fitImage(
  image: RgbImage,
  size: number,
  filter: ResizeFilter,
): Promise<Uint8Array> {
  const side = Math.min(image.width, image.height);
  if (side === size && image.width === image.height) return image.data;
  if (side === size) return centreSquare(image, 3);
  const resized = await pica.resizeBuffer({
    src: centreSquare(image, 4),
    width: side,
    height: side,
    toWidth: size,
    toHeight: size,
    filter: filter === 'lanczos' ? 'lanczos3' : side % size === 0 ? 'box' : 'hamming',
  });
  return withoutAlpha(resized);
}

/** The centre square as RGB or, with alpha 255, RGBA. */
function centreSquare(image: RgbImage, channels: 3 | 4): Uint8Array {
  const { width, height, data } = image;
  const side = Math.min(width, height);
  const left = (width - side) >> 1;
  const top = (height - side) >> 1;
  const square = new Uint8Array(side * side * channels).fill(255);
  for (let y = 0, to = 0; y < side; y++) {
    let from = ((top + y) * width + left) * 3;
    for (let x = 0; x < side; x++, from += 3, to += channels) {
      square[to] = data[from];
      square[to + 1] = data[from + 1];
      square[to + 2] = data[from + 2];
    }
  }
  return square;
}

function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from];
    rgb[to + 1] = rgba[from + 1];
    rgb[to + 2] = rgba[from + 2];
  }
  return rgb;
}

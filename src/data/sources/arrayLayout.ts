import { UserError } from '../../shared/userError';
import { maxPixels } from '../decode/dimensions';
import type { RgbImage } from '../../runs/png';

/** How an array of images is laid out. */
export interface ArrayLayout {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3 | 4;
  /** Whether channels come before height and width, as PyTorch has them. */
  readonly channelsFirst: boolean;
}

/**
 * Reads a shape as images: [n, h, w], [n, h, w, c] or [n, c, h, w] with 1, 3 or 4 channels.
 *
 * @throws UserError for any other shape
 */
export function checkedLayout(shape: readonly number[], where: string): ArrayLayout {
  const layout = layoutOf(shape);
  const valid =
    layout !== undefined &&
    shape.every((length) => Number.isSafeInteger(length) && length > 0) &&
    layout.height * layout.width <= maxPixels;
  if (!valid) {
    throw new UserError(
      `"${where}" has the shape [${shape.join(', ')}], which is not one of images: expected [n, h, w], [n, h, w, c] or [n, c, h, w] with 1, 3 or 4 channels.`,
    );
  }
  return layout;
}

function layoutOf(shape: readonly number[]): ArrayLayout | undefined {
  const [count, a, b, c] = shape;
  if (shape.length === 3) {
    return { count, height: a, width: b, channels: 1, channelsFirst: false };
  }
  if (shape.length !== 4) return undefined;
  if (isChannels(c)) return { count, height: a, width: b, channels: c, channelsFirst: false };
  if (isChannels(a)) return { count, height: b, width: c, channels: a, channelsFirst: true };
  return undefined;
}

function isChannels(length: number): length is 1 | 3 | 4 {
  return length === 1 || length === 3 || length === 4;
}

/** One image of an array as RGB: grey is repeated, alpha is laid on white. */
export function arrayImage(data: Uint8Array, layout: ArrayLayout): RgbImage {
  const { width, height, channels, channelsFirst } = layout;
  const pixels = width * height;
  const step = channelsFirst ? 1 : channels;
  const plane = channelsFirst ? pixels : 1;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0, to = 0; i < pixels; i++, to += 3) {
    const from = i * step;
    const alpha = channels === 4 ? data[from + 3 * plane] : 255;
    for (let k = 0; k < 3; k++) {
      const value = data[from + (channels === 1 ? 0 : k * plane)];
      rgb[to + k] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return { width, height, data: rgb };
}

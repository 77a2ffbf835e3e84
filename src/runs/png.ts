import { PNG } from 'pngjs';
import { replaceContents } from './atomicFile';

/** A colour image, row by row, three bytes a pixel. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** Length width * height * 3. */
  readonly data: Uint8Array;
}

const COLOUR_TYPE_RGB = 2;

/** The bytes of a PNG file: 8 bits, RGB, no alpha. */
export function encodePng({ width, height, data }: RgbImage): Buffer {
  if (data.length !== width * height * 3) {
    throw new Error(`${data.length} bytes are no RGB image of ${width} x ${height}.`);
  }
  const image = { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
  return PNG.sync.write(image as PNG, {
    colorType: COLOUR_TYPE_RGB,
    inputColorType: COLOUR_TYPE_RGB,
    inputHasAlpha: false,
  });
}

/**
 * Writes an image as a PNG file, which appears when it is complete.
 *
 * @returns the bytes of the file
 * @throws UserError where the file system refuses
 */
export async function writePng(file: string, image: RgbImage): Promise<Buffer> {
  const png = encodePng(image);
  await replaceContents(file, png);
  return png;
}

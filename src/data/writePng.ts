import { writeFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { UserError } from '../shared/userError';
import type { RgbImage } from './imageSource';

/** An RGB image as the bytes of a PNG. */
export function encodePng({ width, height, data }: RgbImage): Buffer {
  const png = new PNG({ width, height, inputHasAlpha: false, colorType: 2 });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return PNG.sync.write(png, { inputHasAlpha: false, colorType: 2 });
}

/**
 * Writes an RGB image as a PNG file.
 *
 * @throws UserError when the file cannot be written
 */
export async function writePng(file: string, image: RgbImage): Promise<void> {
  await writeFile(file, encodePng(image)).catch((thrown: NodeJS.ErrnoException) => {
    throw new UserError(
      `"${file}" cannot be written (${thrown.message}): choose a place that exists and has space.`,
      { cause: thrown },
    );
  });
}

import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { RgbImage } from '../imageSource';
import type { Dimensions } from './dimensions';
import { flattenOnWhite } from './flatten';

/** Decodes any PNG (grey, palette, 16 bit, interlaced); transparency becomes white. */
export function decodePng(bytes: Uint8Array, claimed: Dimensions): RgbImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const interlaced = buffer[28] !== 0;
  if (interlaced) checkInflatedSize(buffer, claimed);
  const { width, height, data } = PNG.sync.read(buffer);
  return { width, height, data: flattenOnWhite(data) };
}

/**
 * pngjs bounds what it inflates by the size in the header, except for interlaced images. Throws
 * when the data of one would inflate to more than its size allows.
 */
function checkInflatedSize(png: Buffer, { width, height }: Dimensions): void {
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
    at += 12 + length;
  }
  // At most 8 bytes a pixel; each of the 7 passes adds a byte a row and rounds its rows up.
  const maxOutputLength = width * height * 8 + 7 * (height + 1) * 9;
  inflateSync(Buffer.concat(data), { maxOutputLength });
}

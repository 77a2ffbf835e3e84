import { decode } from 'jpeg-js';
import type { RgbImage } from '../../runs/png';
import { maxPixels } from './dimensions';
import { exifOrientation, upright } from './orientation';

/** Decodes a baseline or progressive JPEG (grey, YCbCr, RGB or CMYK) and turns it upright. */
export function decodeJpeg(bytes: Uint8Array): RgbImage {
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: Math.ceil(maxPixels / 1e6),
    maxMemoryUsageInMB: 1536,
  });
  return upright({ width, height, data }, exifOrientation(bytes));
}

import type { RgbImage } from '../../runs/png';

/**
 * How a camera says that a JPEG must be turned: the Exif tag Orientation, 1 (upright) to 8. Without
 * it the photographs of a telephone would lie on their sides.
 */
export function exifOrientation(jpeg: Uint8Array): number {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  try {
    const tiff = findTiff(view);
    return tiff === undefined ? 1 : orientationTag(view, tiff);
  } catch (thrown) {
    // Exif data that ends early say nothing; the image itself may be whole.
    if (thrown instanceof RangeError) return 1;
    throw thrown;
  }
}

/** Start of the TIFF structure in the Exif segment (APP1). */
function findTiff(view: DataView): number | undefined {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return undefined;
    const isExif = marker === 0xe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return at + 10;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function orientationTag(view: DataView, tiff: number): number {
  const littleEndian = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, littleEndian);
  const entries = view.getUint16(directory, littleEndian);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, littleEndian) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, littleEndian);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Turns and mirrors an image as its orientation tag asks. */
export function upright(image: RgbImage, orientation: number): RgbImage {
  if (orientation === 1) return image;
  const { width, height, data } = image;
  const last = width * height - 1;
  const corner = width * (height - 1);
  // Where the new upper left pixel lies in the old image, and the steps to its right and below.
  const walks: Record<number, readonly [number, number, number]> = {
    2: [width - 1, -1, width],
    3: [last, -1, -width],
    4: [corner, 1, -width],
    5: [0, width, 1],
    6: [corner, -width, 1],
    7: [last, -width, -1],
    8: [width - 1, width, -1],
  };
  const [start, right, down] = walks[orientation];
  const turned = orientation >= 5;
  const newWidth = turned ? height : width;
  const newHeight = turned ? width : height;
  const out = new Uint8Array(data.length);
  for (let y = 0, to = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++, to += 3) {
      const from = (start + y * down + x * right) * 3;
      out[to] = data[from];
      out[to + 1] = data[from + 1];
      out[to + 2] = data[from + 2];
    }
  }
  return { width: newWidth, height: newHeight, data: out };
}

import { DamagedImage } from '../imageSource';

export type CodedKind = 'png' | 'jpeg' | 'webp';

export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Larger images are refused: decoding one of 64 megapixels takes about half a gigabyte. */
export const maxPixels = 64 * 2 ** 20;

/**
 * Width and height as the header of a coded image claims them, before anything is decoded.
 *
 * @throws DamagedImage when there is no such header, or the image would be too large
 */
export function claimedDimensions(kind: CodedKind, bytes: Uint8Array): Dimensions {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let claimed: Dimensions;
  try {
    claimed = readers[kind](view);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new DamagedImage('the file ends within its header');
  }
  const { width, height } = claimed;
  if (width === 0 || height === 0) throw new DamagedImage('the header says it has no pixels');
  if (width * height > maxPixels) {
    throw new DamagedImage(`${width} x ${height} pixels are more than 64 megapixels`);
  }
  return claimed;
}

const readers: Record<CodedKind, (view: DataView) => Dimensions> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  jpeg: jpegDimensions,
  webp: webpDimensions,
};

/** Walks the segments up to the start of the frame (ITU T.81, B.2.2). */
function jpegDimensions(view: DataView): Dimensions {
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) throw new DamagedImage('the JPEG header is broken');
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0xda || marker === 0xd9) throw new DamagedImage('it has no frame header');
    at += 2 + view.getUint16(at + 2);
  }
}

/** The three forms of a WebP file: lossy, lossless, extended (RFC 9649). */
function webpDimensions(view: DataView): Dimensions {
  const form = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (form === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (form !== 'VP8X') throw new DamagedImage('it is no WebP still image');
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}

import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { RgbImage } from '../../runs/png';
import { DamagedImage } from '../imageSource';
import type { Dimensions } from './dimensions';
import { flattenOnWhite } from './flatten';

/** Decodes any PNG (grey, palette, 16 bit, interlaced); transparency becomes white. */
export function decodePng(bytes: Uint8Array, claimed: Dimensions): RgbImage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = chunksOf(buffer);
  // pngjs would obey the last of several headers, but only the first has been checked.
  if (chunks.filter(({ kind }) => kind === 'IHDR').length !== 1) {
    throw new DamagedImage('it has more than one header');
  }
  const interlaced = buffer[28] !== 0;
  if (interlaced) checkInflatedSize(chunks, claimed);
  const { width, height, data } = PNG.sync.read(buffer);
  return { width, height, data: flattenOnWhite(data) };
}

interface Chunk {
  readonly kind: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 8;
  while (at + 8 <= png.length) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({ kind: png.toString('latin1', at + 4, at + 8), data });
    at += 12 + length;
  }
  return chunks;
}

/**
 * pngjs bounds what it inflates by the size in the header, except for interlaced images. Throws
 * when the data of one would inflate to more than its size allows.
 */
function checkInflatedSize(chunks: readonly Chunk[], { width, height }: Dimensions): void {
  const data = chunks.flatMap((chunk) => (chunk.kind === 'IDAT' ? [chunk.data] : []));
  // At most 8 bytes a pixel; each of the 7 passes adds a byte a row and rounds its rows up.
  const maxOutputLength = width * height * 8 + 7 * (height + 1) * 9;
  inflateSync(Buffer.concat(data), { maxOutputLength });
}

import type { FileHandle } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { UserError } from '../../shared/userError';
import { writeFully } from '../atomicFile';
import { encodePng } from '../png';
import type { ExportWatch } from './exportRequest';
import { frameDelay, type GridFrames, readGrid } from './gridFrames';
import { PNG_SIGNATURE, pngChunk, pngChunks } from './pngChunks';

/** Index in the data of the IHDR chunk. */
const COLOUR_TYPE = 9;
const PALETTE = 3;

/** A picture as it lies in a PNG file: what describes it, and its compressed pixels. */
interface Picture {
  readonly header: Buffer;
  readonly data: readonly Buffer[];
}

/**
 * Writes grids as an animated PNG, pixel for pixel. Where all files have the same header, as those
 * of one run have, the compressed pixels are taken over as they are.
 *
 * @returns sentences about grids that are damaged and not in it
 */
export async function writeApng(
  handle: FileHandle,
  grids: GridFrames,
  watch: ExportWatch,
): Promise<string[]> {
  const { files, width, height } = grids;
  const common = grids.header?.[COLOUR_TYPE] === PALETTE ? undefined : grids.header;
  const leftOut: string[] = [];
  let header: Buffer | undefined;
  let frames = 0;
  let sequence = 0;
  for (const [i, { file }] of files.entries()) {
    watch.signal.throwIfAborted();
    watch.progress(i / files.length);
    const bytes = await readGrid(file);
    const picture = readPicture(bytes, common);
    if (typeof picture === 'string') {
      leftOut.push(`${file} ${picture}.`);
      continue;
    }
    if (header === undefined) {
      header = picture.header;
      await writeFully(handle, Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', header)]));
      await writeFully(handle, animationControl(0));
    }
    await writeFully(handle, frameControl(sequence++, width, height, frameDelay(i, files.length)));
    for (const data of picture.data) {
      // The first frame is what a viewer without animations shows.
      const chunk =
        frames === 0 ? pngChunk('IDAT', data) : pngChunk('fdAT', numbered(sequence++, data));
      await writeFully(handle, chunk);
    }
    frames++;
  }
  if (header === undefined) throw new UserError('None of the sample grids can be read.');
  await writeFully(handle, pngChunk('IEND', Buffer.alloc(0)));
  // How many frames there are is known only now.
  const control = animationControl(frames);
  await handle.write(control, 0, control.length, PNG_SIGNATURE.length + 12 + header.length);
  return leftOut;
}

/**
 * @param common the header that all pictures have; undefined where each is encoded anew
 * @returns what is wrong with the file, where it cannot be read
 */
function readPicture(bytes: Buffer, common: Buffer | undefined): Picture | string {
  try {
    const picture = pictureOf(common === undefined ? encodedAnew(bytes) : bytes);
    return common?.equals(picture.header) === false ? 'was replaced by another one' : picture;
  } catch (thrown) {
    return thrown instanceof UserError ? thrown.message : 'is damaged';
  }
}

function pictureOf(png: Buffer): Picture {
  const chunks = pngChunks(png);
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  return { header: chunks[0].data, data };
}

/** The same picture as PNG of eight bits, RGB. */
function encodedAnew(png: Buffer): Buffer {
  const { width, height, data: rgba } = PNG.sync.read(png);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i);
  return encodePng({ width, height, data: rgb });
}

function animationControl(frames: number): Buffer {
  const data = Buffer.alloc(8);
  data.writeUInt32BE(frames);
  return pngChunk('acTL', data);
}

function frameControl(sequence: number, width: number, height: number, delay: number): Buffer {
  const data = Buffer.alloc(26);
  data.writeUInt32BE(sequence);
  data.writeUInt32BE(width, 4);
  data.writeUInt32BE(height, 8);
  data.writeUInt16BE(delay, 20);
  data.writeUInt16BE(1000, 22);
  return pngChunk('fcTL', data);
}

function numbered(sequence: number, data: Buffer): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(sequence);
  return Buffer.concat([number, data]);
}

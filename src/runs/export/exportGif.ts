import type { FileHandle } from 'node:fs/promises';
import { GIFEncoder, quantize } from 'gifenc';
import { PNG } from 'pngjs';
import { UserError } from '../../shared/userError';
import { writeFully } from '../atomicFile';
import type { ExportWatch } from './exportRequest';
import { frameDelay, type GridFrames, readGrid } from './gridFrames';
import { PaletteMap } from './paletteMap';

const COLOURS = 256;
/** Grids from which the colours are taken, spread over the run. */
const SAMPLED_GRIDS = 32;
/** Pixels that are looked at in all; more find no better colours and take much longer. */
const SAMPLED_PIXELS = 16_384;
/** Share of the time that goes into finding the colours. */
const SAMPLING_SHARE = 0.1;

/**
 * Writes grids as an animated GIF. All share one palette of 256 colours, so that what does not
 * change between two grids does not flicker.
 *
 * @returns sentences about grids that are damaged and not in it
 */
export async function writeGif(
  handle: FileHandle,
  { files, width, height }: GridFrames,
  watch: ExportWatch,
): Promise<string[]> {
  const paths = files.map(({ file }) => file);
  const palette = await commonPalette(paths, watch);
  const map = new PaletteMap(palette);
  const leftOut: string[] = [];
  const gif = GIFEncoder({ auto: false });
  gif.writeHeader();
  let first = true;
  for (const [i, file] of paths.entries()) {
    watch.signal.throwIfAborted();
    watch.progress(SAMPLING_SHARE + (1 - SAMPLING_SHARE) * (i / paths.length));
    const rgba = await pixelsOf(file);
    if (rgba === undefined) {
      leftOut.push(`${file} is damaged.`);
      continue;
    }
    const delay = frameDelay(i, paths.length);
    const options = first ? { palette, first, repeat: 0, delay } : { delay };
    gif.writeFrame(map.indices(rgba), width, height, options);
    first = false;
    await writeFully(handle, gif.bytes());
    gif.reset();
  }
  gif.finish();
  await writeFully(handle, gif.bytes());
  return leftOut;
}

/** The colours that stand best for those of grids from the whole run. */
async function commonPalette(
  files: readonly string[],
  watch: ExportWatch,
): Promise<[number, number, number][]> {
  const count = Math.min(files.length, SAMPLED_GRIDS);
  const perGrid = Math.floor(SAMPLED_PIXELS / count);
  const sampled = new Uint8Array(count * perGrid * 4);
  let length = 0;
  for (let i = 0; i < count; i++) {
    watch.signal.throwIfAborted();
    watch.progress((SAMPLING_SHARE * i) / count);
    // The last one is always among them.
    const rgba = await pixelsOf(files[Math.floor(((i + 1) * files.length) / count) - 1]);
    if (rgba === undefined) continue;
    const pixels = rgba.length / 4;
    for (let k = 0; k < perGrid; k++) {
      // A step of the golden ratio meets all columns and rows alike.
      const pixel = Math.floor(((k * 0.6180339887498949) % 1) * pixels);
      sampled.set(rgba.subarray(4 * pixel, 4 * pixel + 4), length);
      length += 4;
    }
  }
  if (length === 0) throw new UserError('None of the sample grids can be read.');
  // A copy, because gifenc takes the whole buffer below a view.
  return quantize(sampled.slice(0, length), COLOURS, { format: 'rgb444' });
}

/** [height, width, 4]; undefined for a damaged file. */
async function pixelsOf(file: string): Promise<Buffer | undefined> {
  const bytes = await readGrid(file);
  try {
    return PNG.sync.read(bytes).data;
  } catch {
    // The decoder throws for many reasons; to the person all of them are one.
    return undefined;
  }
}

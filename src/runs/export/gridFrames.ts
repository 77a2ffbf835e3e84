import { UserError } from '../../shared/userError';
import { listSamples, type StepFile } from '../checkpoints';
import { readFully, withFileForReading } from '../regularFile';

/** Far above any grid of ours. */
const MAX_PNG_BYTES = 64 * 1024 * 1024;
/** Where the data of the first chunk, which describes the picture, lies. */
const HEADER_START = 16;
const HEADER_END = 29;

/** Milliseconds a grid is shown, where there are few of them. */
const SLOW_MS = 250;
/** The shortest that browsers do not slow down. */
const FAST_MS = 40;
/** What an animation of many grids takes at most, if they can be shown that fast. */
const WHOLE_MS = 30_000;
/** The last grid stays, because it is what the training has come to. */
const LAST_MS = 2000;

/** The sample grids that an animation has. */
export interface GridFrames {
  /** Oldest first; at least one, all of one size. */
  readonly files: readonly StepFile[];
  readonly width: number;
  readonly height: number;
  /** The data of the IHDR chunk that all of the files have; undefined where they differ. */
  readonly header: Buffer | undefined;
  /** Sentences about grids that are none of them. */
  readonly leftOut: readonly string[];
}

/**
 * Finds the grids of a run that make an animation: all that have the size of the newest one.
 *
 * @throws UserError where there is none, or the file system refuses
 */
export async function gridFrames(folder: string): Promise<GridFrames> {
  const leftOut: string[] = [];
  const grids: { file: StepFile; header: Buffer }[] = [];
  for (const file of await listSamples(folder)) {
    const header = await headerOf(file.file);
    if (header === undefined) leftOut.push(`${file.file} is no PNG file.`);
    else grids.push({ file, header });
  }
  const newest = grids.at(-1)?.header;
  if (newest === undefined) {
    throw new UserError(`${folder} has no sample grids to make an animation of.`);
  }
  const fitting = grids.filter(({ header }) => sizeOf(header).equals(sizeOf(newest)));
  const others = grids.length - fitting.length;
  if (others > 0) leftOut.push(`${others} grids have another size than the newest.`);
  return {
    files: fitting.map(({ file }) => file),
    width: newest.readUInt32BE(0),
    height: newest.readUInt32BE(4),
    header: fitting.every(({ header }) => header.equals(newest)) ? newest : undefined,
    leftOut,
  };
}

/** How long each frame is shown, in milliseconds. */
export function frameDelay(index: number, count: number): number {
  if (index === count - 1) return LAST_MS;
  return Math.max(FAST_MS, Math.min(SLOW_MS, Math.round(WHOLE_MS / count / 10) * 10));
}

/**
 * The bytes of a grid.
 *
 * @throws UserError where the file system refuses, or for a file too large to be a grid
 */
export async function readGrid(file: string): Promise<Buffer> {
  return withFileForReading(file, async (handle) => {
    const { size } = await handle.stat();
    if (size > MAX_PNG_BYTES) throw new UserError(`${file} is too large to be a sample grid.`);
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, await readFully(handle, bytes, 0));
  });
}

async function headerOf(file: string): Promise<Buffer | undefined> {
  return withFileForReading(file, async (handle) => {
    const bytes = Buffer.alloc(HEADER_END);
    const whole = (await readFully(handle, bytes, 0)) === HEADER_END;
    const isHeader = whole && bytes.toString('latin1', 12, HEADER_START) === 'IHDR';
    return isHeader ? bytes.subarray(HEADER_START) : undefined;
  });
}

/** Width and height. */
function sizeOf(header: Buffer): Buffer {
  return header.subarray(0, 8);
}

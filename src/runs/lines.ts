import { type FileHandle } from 'node:fs/promises';

/** A line longer than this is nothing of ours; its text is not kept. */
export const MAX_LINE_BYTES = 1024 * 1024;
const BLOCK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** The bytes without the newline; undefined where they exceed {@link MAX_LINE_BYTES}. */
  readonly bytes: Buffer | undefined;
  /** Whether a newline ends it; the last line of a file may lack it. */
  readonly complete: boolean;
}

/** The lines of a file, one after the other, in bounded memory. */
export async function* readLines(handle: FileHandle): AsyncGenerator<Line> {
  const block = Buffer.alloc(BLOCK_BYTES);
  let pieces: Buffer[] = [];
  let held = 0;
  let number = 1;
  const hold = (piece: Buffer): void => {
    held += piece.length;
    if (held > MAX_LINE_BYTES) pieces = [];
    // A copy, because the block is filled again.
    else pieces.push(Buffer.from(piece));
  };
  const finish = (complete: boolean): Line => {
    const bytes = held > MAX_LINE_BYTES ? undefined : Buffer.concat(pieces);
    pieces = [];
    held = 0;
    return { number: number++, bytes, complete };
  };
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(block, 0, block.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    let start = 0;
    while (start < bytesRead) {
      const end = block.subarray(0, bytesRead).indexOf(NEWLINE, start);
      if (end < 0) {
        hold(block.subarray(start, bytesRead));
        break;
      }
      hold(block.subarray(start, end));
      yield finish(true);
      start = end + 1;
    }
  }
  if (held > 0) yield finish(false);
}

import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { MAX_LINE_BYTES } from './lines';
import { readFully } from './regularFile';

const NEWLINE = 0x0a;
const BLOCK_BYTES = 1024 * 1024;
/** So many bytes before the place where reading goes on must be as they were. */
const ANCHOR_BYTES = 64;

/**
 * The finished lines of a file that grows, in blocks of bytes. It is opened anew for every look, so
 * that no handle keeps its writer from replacing it, and it may have been replaced in between.
 *
 * A line longer than {@link MAX_LINE_BYTES} is not held: an empty one stands in its place.
 */
export class LineTail {
  /** The block; lines that are not used up yet lie at [start, end). */
  bytes = Buffer.alloc(0);
  start = 0;
  /** After the newline of the last finished line. */
  end = 0;
  /** Offset in the file of `bytes[start]`. */
  position = 0;
  private seen: Stats | undefined;
  private overlong = false;
  /** The bytes of the file before `position`. */
  private anchor = Buffer.alloc(0);

  /**
   * Takes a new look at the file.
   *
   * @returns whether it still is the file that was read, and perhaps longer; otherwise reading
   *   begins at its first byte again
   */
  async open(handle: FileHandle): Promise<boolean> {
    const found = await handle.stat();
    const same = await this.isSame(handle, found);
    this.seen = found;
    if (same) return true;
    this.start = this.end = this.position = 0;
    this.overlong = false;
    this.anchor = Buffer.alloc(0);
    return false;
  }

  /** Bytes that the file had at the last look after those that were used up. */
  get left(): number {
    return (this.seen?.size ?? 0) - this.position;
  }

  /** Says that the lines before this index are done with. */
  use(index: number): void {
    const used = this.bytes.subarray(this.start, index);
    this.anchor = Buffer.concat([this.anchor, used.subarray(-ANCHOR_BYTES)]).subarray(
      -ANCHOR_BYTES,
    );
    this.position += used.length;
    this.start = index;
  }

  /**
   * Reads on until there is a finished line.
   *
   * @returns false at the end of the file
   */
  async fill(handle: FileHandle): Promise<boolean> {
    // What follows the last newline is read again: a writer may take back what it did not finish.
    let held = this.end - this.start;
    while (this.start === this.end) {
      const length = Math.min(BLOCK_BYTES, this.left - held);
      if (length <= 0) break;
      this.makeRoom(held, length);
      const room = this.bytes.subarray(held, held + length);
      const read = await readFully(handle, room, this.position + held);
      if (read === 0) break;
      held = this.takeIn(held + read);
    }
    return this.start < this.end;
  }

  /** Finds the finished lines among the first bytes of the block; returns how many it holds on to. */
  private takeIn(length: number): number {
    this.end = this.bytes.lastIndexOf(NEWLINE, length - 1) + 1;
    if (this.end > 0) {
      if (this.overlong) this.use(this.bytes.indexOf(NEWLINE));
      this.overlong = false;
      return length;
    }
    if (!this.overlong && length <= MAX_LINE_BYTES) return length;
    this.overlong = true;
    this.use(length);
    this.start = 0;
    return 0;
  }

  /** Moves the bytes that are held to the front of a block that has room for more. */
  private makeRoom(held: number, more: number): void {
    const rest = this.bytes.subarray(this.start, this.start + held);
    if (this.bytes.length < held + more) this.bytes = Buffer.allocUnsafeSlow(held + more);
    this.bytes.set(rest);
    this.start = this.end = 0;
  }

  private async isSame(handle: FileHandle, found: Stats): Promise<boolean> {
    const { seen, anchor, position } = this;
    if (seen === undefined || seen.ino !== found.ino || seen.dev !== found.dev) return false;
    if (found.size < position + this.end - this.start) return false;
    // The number of an inode is used again when its file is gone.
    const before = Buffer.alloc(anchor.length);
    await readFully(handle, before, position - anchor.length);
    return before.equals(anchor);
  }
}

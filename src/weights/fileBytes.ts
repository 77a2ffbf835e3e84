import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { explainingDiskErrors } from '../runs/diskErrors';
import { openForReading, readFully } from '../runs/regularFile';
import { UserError } from '../shared/userError';
import { damagedFile } from './damagedFile';
import { decodeElements, type ElementType, elementBytes, valuesFor } from './elementType';
import type { WeightValues } from './weightFile';

/** Read at once while values are decoded, so that raw bytes and values never lie beside each other. */
const PIECE_BYTES = 1 << 20;
const PART_BYTES = 1 << 16;
const WINDOW_BYTES = 4096;
/** Up to here, handing a read to another thread costs more than the read. */
const SMALL_BYTES = 1 << 16;

/**
 * A file that stays open while its arrays are looked at: one that is replaced in the meantime, as
 * checkpoints are, is read to its end as it was.
 */
export class FileBytes {
  private window = { begin: 0, bytes: Buffer.alloc(0) };

  private constructor(
    readonly file: string,
    readonly size: number,
    private readonly handle: FileHandle,
  ) {}

  /** @throws UserError where the file system refuses or there is no regular file */
  static async open(file: string): Promise<FileBytes> {
    const handle = await openForReading(file);
    try {
      return new FileBytes(file, (await handle.stat()).size, handle);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /**
   * The bytes of a range; memory is set aside only when the range lies within the file.
   *
   * @throws UserError where it does not, and where the file became shorter
   */
  async read(begin: number, length: number): Promise<Buffer> {
    this.checkRange(begin, length);
    if (length < WINDOW_BYTES) return Buffer.from(await this.windowAt(begin, length));
    const bytes = Buffer.alloc(length);
    await this.fill(bytes, begin);
    return bytes;
  }

  /**
   * The elements of an array that lies in the file as a whole.
   *
   * @param begin offset of its first byte
   * @param count of elements
   * @throws UserError as {@link read}, and where there is no memory for the values
   */
  async readValues(
    begin: number,
    count: number,
    type: ElementType,
    littleEndian: boolean,
  ): Promise<WeightValues> {
    const width = elementBytes[type];
    this.checkRange(begin, count * width);
    const values = valuesFor(this.file, type, count);
    const piece = new Uint8Array(Math.min(PIECE_BYTES, count * width));
    for (let done = 0; done < count; done += PIECE_BYTES / width) {
      const raw = piece.subarray(0, Math.min(PIECE_BYTES, (count - done) * width));
      await this.fill(raw, begin + done * width);
      decodeElements(raw, type, littleEndian, values, done);
    }
    return values;
  }

  /** The bytes of a range, a part after the other, each in memory of its own. */
  async *parts(begin: number, length: number): AsyncGenerator<Buffer> {
    this.checkRange(begin, length);
    for (let done = 0; done < length; done += PART_BYTES) {
      yield await this.read(begin + done, Math.min(PART_BYTES, length - done));
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** Small reads come in pairs that lie close together, and a look into a file is what costs. */
  private async windowAt(begin: number, length: number): Promise<Buffer> {
    let at = begin - this.window.begin;
    if (at < 0 || at + length > this.window.bytes.length) {
      const bytes = Buffer.alloc(Math.min(WINDOW_BYTES, this.size - begin));
      await this.fill(bytes, begin);
      this.window = { begin, bytes };
      at = 0;
    }
    return this.window.bytes.subarray(at, at + length);
  }

  private checkRange(begin: number, length: number): void {
    const isPlace = Number.isSafeInteger(begin) && Number.isSafeInteger(length);
    if (isPlace && begin >= 0 && length >= 0 && begin + length <= this.size) return;
    throw damagedFile(
      this.file,
      `bytes ${begin} to ${begin + length} are needed, and it has ${this.size}`,
    );
  }

  private async fill(bytes: Uint8Array, begin: number): Promise<void> {
    const found = await explainingDiskErrors('read', this.file, async () =>
      bytes.length > SMALL_BYTES
        ? readFully(this.handle, bytes, begin)
        : readAtOnce(this.handle.fd, bytes, begin),
    );
    if (found === bytes.length) return;
    throw new UserError(
      `${this.file} became shorter while it was read. Wait until it is written, and open it again.`,
    );
  }
}

/** The same as {@link readFully}, without the way to another thread and back. */
function readAtOnce(fd: number, bytes: Uint8Array, position: number): number {
  let offset = 0;
  while (offset < bytes.length) {
    const found = readSync(fd, bytes, offset, bytes.length - offset, position + offset);
    if (found === 0) break;
    offset += found;
  }
  return offset;
}

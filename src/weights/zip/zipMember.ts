import zlib from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { shortened } from '../../runs/jsonFlaw';
import { messageOf, UserError } from '../../shared/userError';
import { damagedFile } from '../damagedFile';
import type { FileBytes } from '../fileBytes';
import { type ElementType, elementBytes } from '../elementType';
import type { WeightValues } from '../weightFile';
import { ValueSink } from '../valueSink';
import { inflated } from './inflated';

const STORED = 0;
const DEFLATED = 8;

/** Deflate cannot pack more than this into one byte (RFC 1951: 258 bytes in two bits). */
const MOST_PER_BYTE = 1032;
/** Up to here any ratio is harmless; real weights are packed to no less than a tenth. */
const HARMLESS_BYTES = 32 * 1024 * 1024;
const PLAUSIBLE_RATIO = 20;
/** Of headers; cannot unpack to more than two megabytes. */
const QUICK_BYTES = 2048;
/** Unpacked at once rather than part by part. */
const SMALL_BYTES = 1 << 16;
const LARGEST_OF_SMALL = 1 << 20;

/** Node.js has it since 20.15; before, contents are not held against their checksum. */
const crc32 = zlib.crc32 as typeof zlib.crc32 | undefined;

/** The contents of one member of a zip archive, read by offset. */
export class ZipMember {
  /** Unpacked, as it is claimed. */
  readonly bytes: number;
  private readonly storedBytes: number;
  private readonly isStored: boolean;
  private dataBegin: number | undefined;

  /** @param entry the member as the directory describes it; nothing of it has been looked at */
  constructor(
    private readonly file: FileBytes,
    private readonly zip: ZipFile,
    private readonly entry: Entry,
    readonly name: string,
  ) {
    this.bytes = entry.uncompressedSize;
    this.storedBytes = entry.compressedSize;
    this.isStored = entry.compressionMethod === STORED;
  }

  /** Why the contents cannot be read; undefined where nothing speaks against it. */
  flaw(): string | undefined {
    const { bytes, storedBytes, isStored } = this;
    const method = this.entry.compressionMethod;
    if (this.entry.isEncrypted()) return 'it is encrypted';
    if (!isStored && method !== DEFLATED) {
      return `it is compressed by method ${method}, and only deflate is known here`;
    }
    if (storedBytes > this.file.size) {
      return `it claims ${storedBytes} bytes, and the whole file has ${this.file.size}`;
    }
    if (isStored && bytes !== storedBytes) {
      return `it is stored as it is and claims ${storedBytes} bytes to be ${bytes}`;
    }
    if (!isStored && bytes > storedBytes * MOST_PER_BYTE) {
      return `it claims to unpack to ${bytes} bytes, and ${storedBytes} cannot hold so many`;
    }
    if (bytes > HARMLESS_BYTES && bytes > storedBytes * PLAUSIBLE_RATIO) {
      return `it would unpack to ${Math.round(bytes / storedBytes)} times its size, which weights never do`;
    }
    return undefined;
  }

  /**
   * The first bytes, as many as asked for or as there are.
   *
   * @throws UserError where they cannot be read
   */
  async start(length: number): Promise<Buffer> {
    const begin = await this.findData();
    const wanted = Math.min(length, this.bytes);
    if (this.isStored) return this.file.read(begin, wanted);
    const quick = wanted > QUICK_BYTES ? undefined : await this.quickStart(begin);
    if (quick !== undefined && quick.length >= wanted) return quick.subarray(0, wanted);
    const parts: Buffer[] = [];
    let found = 0;
    for await (const part of this.inflated(begin)) {
      parts.push(part);
      found += part.length;
      if (found >= wanted) break;
    }
    if (found < wanted) throw this.damaged(`it ends after ${found} of ${this.bytes} bytes`);
    return Buffer.concat(parts).subarray(0, wanted);
  }

  /**
   * The elements of an array that lies somewhere in the contents.
   *
   * @param from offset of its first byte, unpacked
   * @param verify whether all of the contents are held against their checksum
   * @throws UserError where they cannot be read or are damaged
   */
  async values(
    from: number,
    count: number,
    type: ElementType,
    littleEndian: boolean,
    verify: boolean,
  ): Promise<WeightValues> {
    const length = count * elementBytes[type];
    if (from + length > this.bytes) {
      throw this.damaged(`bytes ${from} to ${from + length} are needed, and it has ${this.bytes}`);
    }
    const begin = await this.findData();
    if (this.isStored && !verify) {
      return this.file.readValues(begin + from, count, type, littleEndian);
    }
    const sink = new ValueSink(this.file.file, type, count, littleEndian);
    let crc = 0;
    let found = 0;
    const parts = this.isStored ? this.file.parts(begin, this.bytes) : this.inflated(begin);
    for await (const part of parts) {
      if (verify) crc = crc32?.(part, crc) ?? this.entry.crc32;
      const skipped = Math.min(part.length, Math.max(0, from - found));
      found += part.length;
      sink.push(part.subarray(skipped));
      if (found > this.bytes || (sink.isFull && !verify)) break;
    }
    if (found > this.bytes) {
      throw this.damaged(`it unpacks to more than the ${this.bytes} bytes that it claims`);
    }
    if (!sink.isFull || (verify && found < this.bytes)) {
      throw this.damaged(`it ends after ${found} of ${this.bytes} bytes`);
    }
    if (verify && crc !== this.entry.crc32) {
      throw this.damaged('its contents do not fit their checksum');
    }
    return sink.values;
  }

  /** What the first bytes unpack to, without the cost of a stream; undefined for damaged ones. */
  private async quickStart(begin: number): Promise<Buffer | undefined> {
    const packed = await this.file.read(begin, Math.min(QUICK_BYTES, this.storedBytes));
    try {
      return zlib.inflateRawSync(packed, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
    } catch {
      return undefined;
    }
  }

  damaged(why: string): UserError {
    return damagedFile(this.file.file, `of its member ${shortened(this.name)}, ${why}`);
  }

  /** Where the contents begin, which only the header before them tells. */
  private async findData(): Promise<number> {
    if (this.dataBegin !== undefined) return this.dataBegin;
    const flaw = this.flaw();
    if (flaw !== undefined) throw this.damaged(flaw);
    this.dataBegin = await this.dataBeginOf();
    return this.dataBegin;
  }

  private async dataBeginOf(): Promise<number> {
    try {
      const header = await this.zip.readLocalFileHeaderPromise(this.entry, { minimal: true });
      return header.fileDataStart;
    } catch (thrown) {
      if (thrown instanceof UserError) throw thrown;
      const why = `its contents are not where the directory says (${messageOf(thrown)})`;
      throw this.damaged(why);
    }
  }

  private async *inflated(begin: number): AsyncGenerator<Buffer> {
    const { storedBytes, bytes } = this;
    if (storedBytes <= SMALL_BYTES && bytes <= LARGEST_OF_SMALL) {
      yield this.inflatedAtOnce(await this.file.read(begin, storedBytes));
    } else {
      yield* inflated(this.file.parts(begin, storedBytes), (why) => this.cannotUnpack(why));
    }
  }

  /** Of small members, which would cost a stream more than their contents. */
  private inflatedAtOnce(packed: Buffer): Buffer {
    try {
      return zlib.inflateRawSync(packed, { maxOutputLength: LARGEST_OF_SMALL });
    } catch (thrown) {
      throw this.cannotUnpack(messageOf(thrown));
    }
  }

  private cannotUnpack(why: string): UserError {
    return this.damaged(`it cannot be unpacked (${why})`);
  }
}

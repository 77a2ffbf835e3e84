import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { diskError } from './diskErrors';

/**
 * A file that only grows, one record at a time. Writes are synchronous and unbuffered, so a record
 * whose `append` returned is with the system and outlives the death of this process.
 */
export class AppendFile {
  private constructor(
    readonly path: string,
    private readonly descriptor: number,
    private size: number,
  ) {}

  /**
   * Opens a file for appending and makes it where it is missing.
   *
   * @param exclusive refuses a file that exists
   * @throws UserError where the file system refuses
   */
  static open(path: string, exclusive = false): AppendFile {
    try {
      const descriptor = openSync(path, exclusive ? 'ax' : 'a');
      return new AppendFile(path, descriptor, fstatSync(descriptor).size);
    } catch (thrown) {
      throw diskError(thrown, 'write', path);
    }
  }

  /**
   * Appends a record, whole or not at all: what a full disk took of it is cut off again, so that
   * the file stays readable and can be continued.
   *
   * @throws UserError where the file system refuses
   */
  append(record: Uint8Array): void {
    let offset = 0;
    try {
      // The system takes a record in one call unless space runs out on the way.
      while (offset < record.length) offset += writeSync(this.descriptor, record, offset);
    } catch (thrown) {
      if (offset > 0) ftruncateSync(this.descriptor, this.size);
      throw diskError(thrown, 'write', this.path);
    }
    this.size += record.length;
  }

  /**
   * Forces what was written to the disk, so that it also outlives a power cut. The file stays open
   * until then.
   */
  async sync(): Promise<void> {
    try {
      await promisify(fdatasync)(this.descriptor);
    } catch (thrown) {
      throw diskError(thrown, 'write', this.path);
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

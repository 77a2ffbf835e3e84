import { shortened } from '../../runs/jsonFlaw';
import { damagedFile } from '../damagedFile';
import type { Shards } from './shards';

/** Texts of a whole model, each of which costs a look into its shards. */
const MAX_TEXTS = 10_000;
const PREFIX_BYTES = 4;

/**
 * Measures arrays of texts, which lie one after the other, each behind its length: only so is it
 * known where the next array begins.
 */
export class TextLengths {
  private texts = 0;

  constructor(private readonly file: string) {}

  /**
   * Bytes of the `count` texts from a byte on, with their lengths.
   *
   * @throws UserError where they are cut off, or more than any model has
   */
  async measure(name: string, count: number, shards: Shards, begin: number): Promise<number> {
    this.texts += count;
    if (this.texts > MAX_TEXTS) {
      throw damagedFile(
        this.file,
        `with ${shortened(name)} it holds ${this.texts} texts, more than any model`,
      );
    }
    let length = 0;
    for (let i = 0; i < count; i++) {
      const prefix = await shards.read(begin + length, PREFIX_BYTES);
      if (prefix.length < PREFIX_BYTES) {
        throw damagedFile(this.file, `the texts of ${shortened(name)} are cut off`);
      }
      length += PREFIX_BYTES + prefix.readUInt32LE();
    }
    return length;
  }
}

/** Thrown by the reader of pickles; the words follow "its data.pkl ". */
export class PickleFlaw extends Error {}

/** The bytes of a pickle, read one after the other. */
export class PickleBytes {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** @throws PickleFlaw where fewer are left */
  take(length: number): Buffer {
    if (length > this.bytes.length - this.at) {
      throw new PickleFlaw(`ends after ${this.bytes.length} bytes in the middle of a value`);
    }
    const begin = this.at;
    this.at += length;
    return this.bytes.subarray(begin, this.at);
  }

  byte(): number {
    return this.take(1)[0];
  }

  uint16(): number {
    return this.take(2).readUInt16LE();
  }

  int32(): number {
    return this.take(4).readInt32LE();
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  /** As a number: what is beyond 2^53 is longer than any file. */
  uint64(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  float64(): number {
    return this.take(8).readDoubleBE();
  }

  /** Text up to the end of the line, which is taken as well. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    const length = (end < 0 ? this.bytes.length : end) - this.at;
    const text = this.take(length + 1).toString('utf8', 0, length);
    return text;
  }

  text(length: number): string {
    return this.take(length).toString('utf8');
  }

  /** A whole number of any length, in two's complement; larger ones than numbers are stay bigint. */
  wholeNumber(length: number): number | bigint {
    if (length > 16) throw new PickleFlaw(`has a number of ${length} bytes`);
    if (length === 0) return 0;
    const digits = Buffer.from(this.take(length)).reverse().toString('hex');
    const number = BigInt.asIntN(8 * length, BigInt(`0x${digits}`));
    return Number.isSafeInteger(Number(number)) ? Number(number) : number;
  }
}

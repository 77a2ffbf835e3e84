import { decodeElements, type ElementType, elementBytes, valuesFor } from './elementType';
import type { WeightValues } from './weightFile';

const PIECE_BYTES = 1 << 16;

/**
 * Makes values of raw bytes that come in parts of any length, without holding more than a few of
 * the raw ones.
 */
export class ValueSink {
  readonly values: WeightValues;
  private readonly piece: Uint8Array;
  private inPiece = 0;
  private done = 0;
  private missing: number;

  /** @throws UserError where there is no memory for `count` values */
  constructor(
    file: string,
    private readonly type: ElementType,
    count: number,
    private readonly littleEndian: boolean,
  ) {
    this.values = valuesFor(file, type, count);
    this.missing = count * elementBytes[type];
    this.piece = new Uint8Array(Math.min(PIECE_BYTES, this.missing));
  }

  get isFull(): boolean {
    return this.missing === 0;
  }

  /** Takes the next bytes and leaves what is beyond the last value. */
  push(part: Uint8Array): void {
    let rest = part.subarray(0, this.missing);
    this.missing -= rest.length;
    while (rest.length > 0) {
      const taken = rest.subarray(0, this.piece.length - this.inPiece);
      this.piece.set(taken, this.inPiece);
      this.inPiece += taken.length;
      rest = rest.subarray(taken.length);
      if (this.inPiece === this.piece.length || this.isFull) this.decodePiece();
    }
  }

  private decodePiece(): void {
    const raw = this.piece.subarray(0, this.inPiece);
    decodeElements(raw, this.type, this.littleEndian, this.values, this.done);
    this.done += raw.length / elementBytes[this.type];
    this.inPiece = 0;
  }
}

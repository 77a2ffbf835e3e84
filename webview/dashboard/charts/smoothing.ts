/**
 * TensorBoard's smoothing, exactly: an exponential moving average that starts at 0 and is divided
 * by 1 - weight^n, where n counts the finite values so far. What is not finite passes through and
 * is not counted; a series whose values are all the same is left untouched. A row without a value
 * (NaN) is no point of the series at all.
 *
 * The average of a row depends on the rows before it only, so a curve that grows is smoothed on
 * from where it ended.
 */
export class SmoothedColumn {
  private room = new Float32Array(0);
  private count = 0;
  private average = 0;
  /** weight^n; a product, because a power for each of a million points takes too long. */
  private remainder = 1;
  /** The first value; undefined before there is one. */
  private first: number | undefined;
  private constant = true;
  private generation = 0;

  /** @param weight from 0 (nothing is smoothed) to below 1 */
  constructor(readonly weight: number) {}

  /** Grows when rows that were smoothed already have become others. */
  get revision(): number {
    return this.generation;
  }

  /** The smoothed rows of a column that has only grown since the last call. A view. */
  of(values: Float32Array): Float32Array {
    this.reserve(values.length);
    for (; this.count < values.length; this.count++) {
      const value = values[this.count];
      if (this.constant && !Number.isNaN(value)) {
        this.first ??= value;
        // From here on it is no constant, so that its start is an average, too.
        if (value !== this.first) this.startAgain(values);
      }
      this.room[this.count] = this.constant ? value : this.take(value);
    }
    return this.room.subarray(0, this.count);
  }

  private startAgain(values: Float32Array): void {
    this.constant = false;
    this.generation++;
    for (let row = 0; row < this.count; row++) this.room[row] = this.take(values[row]);
  }

  private take(value: number): number {
    if (!Number.isFinite(value)) return value;
    this.average = this.average * this.weight + (1 - this.weight) * value;
    this.remainder *= this.weight;
    return this.average / (1 - this.remainder);
  }

  private reserve(length: number): void {
    if (length <= this.room.length) return;
    const larger = new Float32Array(Math.max(length, 2 * this.room.length, 1024));
    larger.set(this.room.subarray(0, this.count));
    this.room = larger;
  }
}

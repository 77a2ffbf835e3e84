import { randomPurpose, RandomStream } from '../shared/random';
import type { ImageSet } from './imageSet';

/** What batches are made of. */
export type BatchSource = Pick<ImageSet, 'images' | 'count' | 'size'>;

export interface BatchOptions {
  /** Images in a batch; may exceed the set. */
  readonly batchSize: number;
  /** Seed of the run, a uint32. */
  readonly seed: number;
  /** Mirror each image horizontally with probability one half. */
  readonly flip: boolean;
  /** Spread each grey level evenly over its interval. */
  readonly dequantise: boolean;
}

/**
 * The endless, shuffled sequence of batches of a set. A batch is a pure function of its index, so a
 * resumed run meets the batches that it would have met: the order of an epoch depends on (seed,
 * epoch) alone, flips and noise on (seed, index). Batches run on over the end of an epoch, so every
 * epoch shows each image exactly once, whatever the batch size.
 */
export class Batches {
  readonly batchSize: number;
  private readonly imageFloats: number;
  /** Orders of the newest epochs; a batch that crosses a border needs two. */
  private readonly orders = new Map<number, Uint32Array>();

  constructor(
    private readonly set: BatchSource,
    private readonly options: BatchOptions,
  ) {
    this.batchSize = options.batchSize;
    this.imageFloats = set.size * set.size * 3;
  }

  /** The epoch, counted from 0, that the first image of a batch belongs to. */
  epochOf(index: number): number {
    return Math.floor((index * this.batchSize) / this.set.count);
  }

  /** Which images of the set a batch shows, [batchSize]. */
  indices(index: number): Uint32Array {
    return Uint32Array.from({ length: this.batchSize }, (_, i) => this.imageAt(index, i));
  }

  /**
   * A batch of images, [batchSize, size, size, 3].
   *
   * Dequantised, level x becomes x/128 - 1 + U(0, 1/128) in [-1, 1), as in the official code
   * (pfnet-research/sngan_projection, datasets); the noise has 16 bits, which makes every value
   * exact in float32. Otherwise x becomes x/127.5 - 1 in [-1, 1].
   *
   * @param values where to put it, for callers that reuse their arrays; a fresh array unless given
   */
  batch(
    index: number,
    values: Float32Array = new Float32Array(this.batchSize * this.imageFloats),
  ): Float32Array {
    const { imageFloats, set, options } = this;
    const flips = new RandomStream(options.seed, randomPurpose.flip, index);
    for (let i = 0; i < this.batchSize; i++) {
      const from = this.imageAt(index, i) * imageFloats;
      const flip = flips.uint32() >>> 31 === 1 && options.flip;
      if (flip) copyMirrored(set.images, from, values, i * imageFloats, set.size);
      else copy(set.images, from, values, i * imageFloats, imageFloats);
    }
    if (this.options.dequantise) dequantise(values, this.options.seed, index);
    else for (let i = 0; i < values.length; i++) values[i] = values[i] / 127.5 - 1;
    return values;
  }

  /** Which image of the set is number `i` of a batch. */
  private imageAt(index: number, i: number): number {
    const position = index * this.batchSize + i;
    const epoch = Math.floor(position / this.set.count);
    return this.order(epoch)[position % this.set.count];
  }

  private order(epoch: number): Uint32Array {
    const known = this.orders.get(epoch);
    if (known !== undefined) return known;
    const stream = new RandomStream(this.options.seed, randomPurpose.order, epoch);
    const order = stream.permutation(this.set.count);
    if (this.orders.size >= 2) this.orders.delete(Math.min(...this.orders.keys()));
    this.orders.set(epoch, order);
    return order;
  }
}

/** Without a view of the image: nothing is allocated for each. */
function copy(
  levels: Uint8Array,
  from: number,
  target: Float32Array,
  to: number,
  length: number,
): void {
  for (let k = 0; k < length; k++) target[to + k] = levels[from + k];
}

function copyMirrored(
  levels: Uint8Array,
  start: number,
  target: Float32Array,
  to: number,
  size: number,
): void {
  for (let y = 0; y < size; y++) {
    let from = start + (y + 1) * size * 3 - 3;
    for (let x = 0; x < size; x++, from -= 3, to += 3) {
      target[to] = levels[from];
      target[to + 1] = levels[from + 1];
      target[to + 2] = levels[from + 2];
    }
  }
}

/** (level + U[0, 1)) / 128 - 1 in place; each 32 random bits make the noise of two values. */
function dequantise(values: Float32Array, seed: number, index: number): void {
  const noise = new RandomStream(seed, randomPurpose.dequantise, index);
  // Images have 3 * size^2 values, which is even for every allowed size.
  for (let i = 0; i < values.length; i += 2) {
    const bits = noise.uint32();
    values[i] = (values[i] + (bits >>> 16) * 2 ** -16) / 128 - 1;
    values[i + 1] = (values[i + 1] + (bits & 0xffff) * 2 ** -16) / 128 - 1;
  }
}

import { threefry2x32 } from '../../src/shared/random';

/** Numbers that depend on a seed and an index alone, so that a single input can be made again. */
export class FuzzRandom {
  private readonly pair = new Uint32Array(2);
  private counter = 0;

  constructor(
    private readonly seed: number,
    private readonly index: number,
  ) {}

  /** A whole number from 0 on, below `limit`. */
  below(limit: number): number {
    threefry2x32(this.seed, this.index, 0, this.counter++, this.pair);
    return Math.floor((this.pair[0] / 2 ** 32) * limit);
  }

  chance(share: number): boolean {
    return this.below(1_000_000) < share * 1_000_000;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }
}

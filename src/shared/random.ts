/**
 * Counter-based randomness: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random
 * numbers: as easy as 1, 2, 3", 2011). A value depends on key and counter alone, so the whole
 * state of a run's randomness is its seed and its step; nothing has to be replayed on resume.
 */

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const KEY_PARITY = 0x1bd11bda;

/** Encrypts the counter (c0, c1) under the key (k0, k1); writes two uint32 to `out`. */
export function threefry2x32(
  k0: number,
  k1: number,
  c0: number,
  c1: number,
  out: Uint32Array,
): void {
  const k2 = k0 ^ k1 ^ KEY_PARITY;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  for (let group = 0; group < 5; group++) {
    const first = (group & 1) * 4;
    for (let i = first; i < first + 4; i++) {
      const r = ROTATIONS[i] as number;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << r) | (x1 >>> (32 - r))) ^ x0;
    }
    const next = group + 1;
    const inject0 = next % 3 === 0 ? k0 : next % 3 === 1 ? k1 : k2;
    const inject1 = next % 3 === 0 ? k1 : next % 3 === 1 ? k2 : k0;
    x0 = (x0 + inject0) | 0;
    x1 = (x1 + inject1 + next) | 0;
  }
  out[0] = x0;
  out[1] = x1;
}

/** What a stream of random numbers is for; streams with different purposes never overlap. */
export const randomPurpose = {
  weights: 1,
  powerIteration: 2,
  order: 3,
  flip: 4,
  dequantise: 5,
  latentD: 6,
  latentG: 7,
  sampleLatent: 8,
  standingLatent: 9,
  inspectedReal: 10,
  inspectedMix: 11,
} as const;
export type RandomPurpose = (typeof randomPurpose)[keyof typeof randomPurpose];

/** A stream of random numbers: a pure function of (seed, purpose, index), read in order. */
export class RandomStream {
  private readonly key0: number;
  private readonly key1: number;
  private readonly pair = new Uint32Array(2);
  private counter = 0;
  private held = false;

  /**
   * @param seed seed of the run, a uint32
   * @param purpose keeps uses apart
   * @param index which stream of that purpose, for example the step; below 2^53
   */
  constructor(seed: number, purpose: RandomPurpose, index = 0) {
    const high = Math.floor(index / 2 ** 32);
    threefry2x32(seed, purpose, high, (index % 2 ** 32) | 0, this.pair);
    this.key0 = this.pair[0];
    this.key1 = this.pair[1];
  }

  /** The next uint32. */
  uint32(): number {
    if (this.held) {
      this.held = false;
      return this.pair[1];
    }
    threefry2x32(this.key0, this.key1, Math.floor(this.counter / 2 ** 32), this.counter, this.pair);
    this.counter++;
    this.held = true;
    return this.pair[0];
  }

  /** The next value of U[0, 1) with 24 bits, exact in float32. */
  uniform(): number {
    return (this.uint32() >>> 8) * 2 ** -24;
  }

  /** `length` values of U[low, high). */
  uniforms(length: number, low = 0, high = 1): Float32Array {
    return this.fillUniforms(new Float32Array(length), low, high);
  }

  /** Fills an array with values of U[low, high), and gives it back. */
  fillUniforms(values: Float32Array, low = 0, high = 1): Float32Array {
    for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * this.uniform();
    return values;
  }

  /** `length` values of N(0, deviation^2) by the Box-Muller transform. */
  normals(length: number, deviation = 1): Float32Array {
    return this.fillNormals(new Float32Array(length), deviation);
  }

  /** Fills an array with such values, and gives it back. */
  fillNormals(values: Float32Array, deviation = 1): Float32Array {
    for (let i = 0; i < values.length; i += 2) {
      // 1 - U lies in (0, 1], so the logarithm is finite.
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
    }
    return values;
  }

  /** A uniformly random order of 0 … length-1 (Fisher-Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = Math.floor((this.uint32() / 2 ** 32) * (i + 1));
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }
}

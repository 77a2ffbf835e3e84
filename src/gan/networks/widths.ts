/** A hidden channel count of the paper's tables, scaled by the config's `width`. */
export function scaled(base: number, width: number): number {
  return Math.max(1, Math.round(base * width));
}

/** What every network is built from. */
export interface NetworkOptions {
  /** Side of the square images: 32, 48 or 64. */
  readonly size: number;
  /** Multiplies every hidden channel count. */
  readonly width: number;
  readonly seed: number;
}

export interface GeneratorOptions extends NetworkOptions {
  readonly latentDim: number;
}

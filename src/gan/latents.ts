import type { LatentDistribution } from '../shared/config';
import { RandomStream, type RandomPurpose } from '../shared/random';

export interface LatentOptions {
  readonly count: number;
  readonly latentDim: number;
  readonly latent: LatentDistribution;
  readonly seed: number;
  readonly purpose: RandomPurpose;
  /** Which batch of that purpose, for example the step. */
  readonly index: number;
}

/**
 * Latents [count, latentDim], row-major, from N(0, I) or U(-1, 1).
 *
 * @param into where to put them, for callers that reuse their arrays; a fresh array unless given
 */
export function drawLatents(options: LatentOptions, into?: Float32Array): Float32Array {
  const { count, latentDim, latent, seed, purpose, index } = options;
  const stream = new RandomStream(seed, purpose, index);
  const values = into ?? new Float32Array(count * latentDim);
  return latent === 'normal' ? stream.fillNormals(values) : stream.fillUniforms(values, -1, 1);
}

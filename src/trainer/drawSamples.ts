import type { Gan } from '../gan/gan';
import { drawLatents } from '../gan/latents';
import { createSampler, drawImages, type DrawnImages, type Sampler } from '../gan/sample';
import { importSamplerMoments } from '../gan/state';
import { randomPurpose } from '../shared/random';
import { playersOf, type Checkpoint } from './checkpoint';

/** Samples of a checkpoint and the latents they are made from. */
export interface CheckpointSamples {
  /** [count, latentDim] */
  readonly latents: Float32Array;
  readonly latentDim: number;
  /** All images, some at a time; can be gone through once. */
  readonly images: AsyncGenerator<DrawnImages>;
}

/**
 * What the samples of a checkpoint are drawn with. Standing statistics are those of the file: they
 * are the ones that the run's grids were drawn with, whatever computed them.
 *
 * @param gan with the checkpoint's state
 */
export function samplerOf(gan: Gan, { config, arrays }: Checkpoint): Sampler {
  const { network, seed } = config;
  // Standing statistics belong to the weights, so their latents come from the run's own seed.
  return createSampler(gan, { ...network, seed }, importSamplerMoments(gan, arrays));
}

/**
 * Draws samples from a checkpoint with the runtime that is loaded: with the averaged weights where
 * there are any, as the grids of the training. The first n samples of a seed are the same however
 * many are drawn, and the seed of the run gives the samples of its grids, up to rounding: here all
 * is computed in float32, whatever the run's precision.
 *
 * @throws UserError when the checkpoint's arrays do not fit its config
 */
export function drawSamples(
  checkpoint: Checkpoint,
  { count, seed }: { readonly count: number; readonly seed: number },
): CheckpointSamples {
  const { network } = checkpoint.config;
  const { latentDim } = network;
  const purpose = randomPurpose.sampleLatent;
  const latents = drawLatents({ ...network, count, seed, purpose, index: 0 });
  async function* images(): AsyncGenerator<DrawnImages> {
    const gan = playersOf(checkpoint);
    try {
      const sampler = samplerOf(gan, checkpoint);
      yield* drawImages(sampler, latents, latentDim);
      sampler.dispose();
    } finally {
      gan.dispose();
    }
  }
  return { latents, latentDim, images: images() };
}

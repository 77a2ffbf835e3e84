import { Gan } from '../gan/gan';
import { createSampler, drawImages, drawLatents, type DrawnImages } from '../gan/sample';
import { randomPurpose } from '../shared/random';
import { restoreCheckpoint, type Checkpoint } from './checkpoint';

/** Samples of a checkpoint and the latents they are made from. */
export interface CheckpointSamples {
  /** [count, latentDim] */
  readonly latents: Float32Array;
  readonly latentDim: number;
  /** All images, some at a time; can be gone through once. */
  readonly images: AsyncGenerator<DrawnImages>;
}

/**
 * Draws samples from a checkpoint with the runtime that is loaded: with the averaged weights where
 * there are any, as the grids of the training. The first n samples of a seed are the same however
 * many are drawn, and the seed of the run gives the samples of its grids.
 *
 * @throws UserError when the checkpoint's arrays do not fit its config
 */
export function drawSamples(
  checkpoint: Checkpoint,
  { count, seed }: { readonly count: number; readonly seed: number },
): CheckpointSamples {
  const { network, seed: runSeed } = checkpoint.config;
  const { latentDim } = network;
  const purpose = randomPurpose.sampleLatent;
  const latents = drawLatents({ ...network, count, seed, purpose, index: 0 });
  async function* images(): AsyncGenerator<DrawnImages> {
    const gan = new Gan(checkpoint.config);
    try {
      restoreCheckpoint(gan, checkpoint);
      // Standing statistics belong to the weights, so their latents come from the run's own seed.
      const sampler = createSampler(gan, { ...network, seed: runSeed });
      yield* drawImages(sampler, latents, latentDim);
      sampler.dispose();
    } finally {
      gan.dispose();
    }
  }
  return { latents, latentDim, images: images() };
}

import * as tf from '@tensorflow/tfjs-core';
import { randomPurpose } from '../shared/random';
import { drawLatents, type LatentOptions } from './latents';
import { unbiased, type BatchNormState } from './layers/batchNorm';
import type { Network } from './network';
import type { Moments } from './ops/batchNormalize';
import type { Parameter } from './parameter';

/** Batches, and the images of each, that standing statistics are taken of. */
export const STANDING_BATCHES = 4;
export const STANDING_BATCH_SIZE = 64;

/** Where the latents of standing statistics come from: the run's own, so that they repeat. */
export type LatentSource = Pick<LatentOptions, 'latentDim' | 'latent' | 'seed'>;

/** The weights with which a generator computes. */
export type Weights = (parameter: Parameter) => tf.Tensor;

/** Batch-norm moments of every layer of a generator that has them. */
export type MomentsByLayer = ReadonlyMap<BatchNormState, Moments>;

/**
 * Batch-norm moments that belong to the given weights: averaged over a few batches of latents of
 * their own ("standing statistics", BigGAN). The running statistics belong to the raw weights of
 * the last steps and would not fit averaged ones.
 *
 * Each batch is one pass of G, and whoever cannot spare the time of all of them in a row takes
 * them one by one.
 */
export class StandingMoments {
  private readonly found: MomentsByLayer[] = [];

  constructor(
    private readonly generator: Network,
    private readonly weight: Weights,
    private readonly latents: LatentSource,
  ) {}

  /** Whether every batch has been taken. */
  get complete(): boolean {
    return this.found.length === STANDING_BATCHES;
  }

  /** Takes the next batch. */
  advance(): void {
    const { generator, weight, latents, found } = this;
    const z = tf.tensor2d(standingLatents(latents, found.length), [
      STANDING_BATCH_SIZE,
      latents.latentDim,
    ]);
    found.push(batchMoments(generator, weight, z));
    z.dispose();
  }

  /** The averages over all batches, for the caller to dispose of. */
  take(): MomentsByLayer {
    while (!this.complete) this.advance();
    const averages = averageMoments(this.found);
    this.dispose();
    return averages;
  }

  /** Frees what was found so far. */
  dispose(): void {
    for (const moments of this.found.splice(0)) tf.dispose([...moments.values()]);
  }
}

/** The latents of a batch of standing statistics: [{@link STANDING_BATCH_SIZE}, latentDim]. */
export function standingLatents(latents: LatentSource, index: number): Float32Array {
  const purpose = randomPurpose.standingLatent;
  return drawLatents({ ...latents, count: STANDING_BATCH_SIZE, purpose, index });
}

/** Mean and unbiased variance before every batch norm for one batch of latents [b, latentDim]. */
export function batchMoments(generator: Network, weight: Weights, z: tf.Tensor): MomentsByLayer {
  const found = new Map<BatchNormState, Moments>();
  tf.tidy(() => {
    generator.forward(z, {
      weight,
      moments: 'batch',
      onMoments: (state, { mean, variance }, n) =>
        found.set(state, {
          mean: tf.keep(tf.clone(mean)),
          variance: tf.keep(unbiased(variance, n)),
        }),
    });
  });
  return found;
}

/** The averages of the moments of several batches. */
export function averageMoments(batches: readonly MomentsByLayer[]): MomentsByLayer {
  const average = (tensors: tf.Tensor[]): tf.Tensor =>
    tf.tidy(() => tf.div(tf.addN(tensors), tensors.length));
  const [first] = batches;
  return new Map(
    [...first.keys()].map((state) => {
      const moments = batches.map((batch) => batch.get(state) as Moments);
      return [
        state,
        {
          mean: average(moments.map(({ mean }) => mean)),
          variance: average(moments.map(({ variance }) => variance)),
        },
      ];
    }),
  );
}

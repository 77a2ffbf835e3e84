import * as tf from '@tensorflow/tfjs-core';
import { randomPurpose } from '../shared/random';
import { drawLatents, type LatentOptions } from './latents';
import { unbiased, type BatchNormState } from './layers/batchNorm';
import type { Network } from './network';
import type { Moments } from './ops/batchNormalize';
import type { Parameter } from './parameter';

const BATCHES = 4;
const BATCH_SIZE = 64;

/** Where the latents of standing statistics come from: the run's own, so that they repeat. */
export type LatentSource = Pick<LatentOptions, 'latentDim' | 'latent' | 'seed'>;

/** The weights with which a generator computes. */
export type Weights = (parameter: Parameter) => tf.Tensor;

/**
 * Batch-norm moments that belong to the given weights: averaged over a few batches of latents of
 * their own ("standing statistics", BigGAN). The running statistics belong to the raw weights of
 * the last steps and would not fit averaged ones.
 *
 * Each batch is one pass of G, and whoever cannot spare the time of all of them in a row takes
 * them one by one.
 */
export class StandingMoments {
  private next = 0;
  private readonly found: ReadonlyMap<BatchNormState, Moments[]>;

  constructor(
    private readonly generator: Network,
    private readonly weight: Weights,
    private readonly latents: LatentSource,
  ) {
    this.found = new Map(generator.batchNorms.map((state) => [state, []]));
  }

  /** Whether every batch has been taken. */
  get complete(): boolean {
    return this.next === BATCHES;
  }

  /** Takes the next batch. */
  advance(): void {
    const { generator, weight, latents, found } = this;
    const purpose = randomPurpose.standingLatent;
    const values = drawLatents({ ...latents, count: BATCH_SIZE, purpose, index: this.next++ });
    tf.tidy(() => {
      generator.forward(tf.tensor2d(values, [BATCH_SIZE, latents.latentDim]), {
        weight,
        moments: 'batch',
        onMoments: (state, { mean, variance }, n) =>
          found.get(state)?.push({
            mean: tf.keep(tf.clone(mean)),
            variance: tf.keep(unbiased(variance, n)),
          }),
      });
    });
  }

  /** The averages over all batches, for the caller to dispose of. */
  take(): Map<BatchNormState, Moments> {
    while (!this.complete) this.advance();
    const averages = new Map<BatchNormState, Moments>();
    for (const [state, batches] of this.found) {
      averages.set(state, {
        mean: tf.tidy(() => tf.div(tf.addN(batches.map(({ mean }) => mean)), batches.length)),
        variance: tf.tidy(() =>
          tf.div(tf.addN(batches.map(({ variance }) => variance)), batches.length),
        ),
      });
    }
    this.dispose();
    return averages;
  }

  /** Frees what was found so far. */
  dispose(): void {
    for (const batches of this.found.values()) tf.dispose(batches.splice(0));
  }
}

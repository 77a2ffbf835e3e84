import type { TrainConfig } from '../shared/config';
import type { Sampler } from './sample';
import type { LatentSource } from './standingMoments';

/** Tagged values of one step, as they go into scalars.jsonl. */
export type StepScalars = Record<string, number>;

/** Everything random or scheduled in a step; the rest is the state of the players. */
export interface StepInputs {
  /** Number of the step, from 0. */
  readonly index: number;
  readonly learningRate: number;
  /** For each of the nDis updates of D: images [batch.discriminator, size, size, 3] in [-1, 1]. */
  readonly real: readonly Float32Array[];
  /** For each of the nDis updates of D: latents [batch.discriminator, latentDim]. */
  readonly latentsD: readonly Float32Array[];
  /** For the update of G: latents [batch.generator, latentDim]; see {@link sharesLatents}. */
  readonly latentsG: Float32Array;
}

/** One way to make training steps: operation by operation, or as one native call. */
export interface TrainingStep {
  /**
   * nDis updates of D and one of G. A loss that is not finite ends the step: the update that it
   * belongs to is left out with all that follow, and the caller finds it in the scalars.
   *
   * @param measure whether to give also what is logged beside losses and scores: `gradient/`,
   *   `lambda/`, `sigma/` and `weight/` of every layer
   */
  run(inputs: StepInputs, measure: boolean): Promise<StepScalars>;
  /** What draws with the players as they are now; see `createSampler` of `sample.ts`. */
  createSampler(latents: LatentSource): Sampler;
  /** Brings the variables of the players up to date, for whoever reads them between steps. */
  synchronise(): void;
  dispose(): void;
}

/**
 * Whether G is updated on the latents of the last update of D: its images are then the same, and
 * are made once. Both players still see fresh latents in every step, as in the usual loop of
 * PyTorch, though D has just been updated on those that G is. `perForward` keeps the order of the
 * official code, which draws latents anew.
 */
export function sharesLatents({ batch, spectralNorm }: TrainConfig): boolean {
  return batch.discriminator === batch.generator && !spectralNorm.perForward;
}

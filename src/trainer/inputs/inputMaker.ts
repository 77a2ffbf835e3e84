import { Batches, type BatchSource } from '../../data/batches';
import { drawLatents } from '../../gan/latents';
import { sharesLatents } from '../../gan/trainingStep';
import type { TrainConfig } from '../../shared/config';
import { randomPurpose, type RandomPurpose } from '../../shared/random';
import type { InputArrays } from './inputArrays';

/**
 * Makes the images and latents of steps. They follow from the seed and the step's number alone, so
 * a step can be repeated after a resume, and any thread may make them.
 */
export class InputMaker {
  private readonly batches: Batches;

  constructor(
    private readonly config: TrainConfig,
    set: BatchSource,
  ) {
    const { batch, seed, data } = config;
    const { flip, dequantise } = data;
    this.batches = new Batches(set, { batchSize: batch.discriminator, seed, flip, dequantise });
  }

  /** Fills the arrays with the inputs of a step, counted from 0; allocates nothing for an image. */
  fill(index: number, { real, latentsD, latentsG }: InputArrays): void {
    const { nDis } = this.config;
    for (let k = 0; k < nDis; k++) {
      const update = index * nDis + k;
      this.batches.batch(update, real[k]);
      this.draw(randomPurpose.latentD, update, latentsD[k]);
    }
    if (!sharesLatents(this.config)) this.draw(randomPurpose.latentG, index, latentsG);
  }

  private draw(purpose: RandomPurpose, index: number, into: Float32Array): void {
    const { network, seed } = this.config;
    const count = into.length / network.latentDim;
    drawLatents({ ...network, count, seed, purpose, index }, into);
  }
}

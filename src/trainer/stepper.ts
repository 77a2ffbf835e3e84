import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Batches } from '../data/batches';
import { learningRateAt } from '../gan/adam';
import type { Gan } from '../gan/gan';
import { drawLatents } from '../gan/sample';
import type { TrainConfig } from '../shared/config';
import { randomPurpose, type RandomPurpose } from '../shared/random';
import { findNonFinite, NonFiniteError } from './nonFinite';
import type { PhaseClock } from './phaseClock';
import { gradientNorms, lambdaQuantities, readScalars, type StepScalars } from './quantities';

/** Loss of D and its mean outputs before an update. */
interface Judged {
  readonly lossD: number;
  readonly scoreReal: number;
  readonly scoreFake: number;
  readonly measured: StepScalars;
}

const NOTHING: Measures = { gradients: false, lambdas: false };

/** What to measure of a step beside its losses and scores, which are known anyway. */
export interface Measures {
  /** Norms of both players' gradients. */
  readonly gradients: boolean;
  /** λ of eq. 12 for every normalised weight. */
  readonly lambdas: boolean;
}

/**
 * One training step: nDis updates of D and one of G. Everything random in it follows from the
 * seed and the step's number, so a step can be repeated after a resume.
 */
export class Stepper {
  constructor(
    private readonly config: TrainConfig,
    private readonly gan: Gan,
    private readonly batches: Batches,
    private readonly clock: PhaseClock,
  ) {}

  /**
   * @param index number of the step, from 0
   * @param measures what to measure in the step's last updates
   * @throws NonFiniteError before a loss that is not finite could spoil the weights
   */
  async step(index: number, measures: Measures): Promise<StepScalars> {
    const { nDis, optimizer, steps } = this.config;
    const learningRate = learningRateAt(index, { ...optimizer, steps });
    const scalars: StepScalars = { learningRate };
    for (let k = 0; k < nDis; k++) {
      const wanted = k === nDis - 1 ? measures : NOTHING;
      const judged = await this.updateDiscriminator(index, k, learningRate, wanted);
      Object.assign(scalars, judged.measured);
      scalars['loss/d'] = judged.lossD;
      scalars['score/real'] = judged.scoreReal;
      scalars['score/fake'] = judged.scoreFake;
    }
    const norms = measures.gradients ? scalars : undefined;
    scalars['loss/g'] = await this.updateGenerator(index, learningRate, norms);
    this.clock.tick();
    return scalars;
  }

  private async updateDiscriminator(
    index: number,
    k: number,
    learningRate: number,
    measures: Measures,
  ): Promise<Judged> {
    const update = index * this.config.nDis + k;
    const { size } = this.config.data;
    const { discriminator: count } = this.config.batch;
    const real = await this.clock.time('data', () =>
      tf.tensor4d(this.batches.batch(update), [count, size, size, 3]),
    );
    const z = this.latents(randomPurpose.latentD, count, update);
    return this.clock.time('d', async () => {
      const gradients = this.gan.discriminatorGradients(real, z, measures);
      const { loss, scoreReal, scoreFake } = gradients;
      const [lossD, meanReal, meanFake] = await readScalars([loss, scoreReal, scoreFake]);
      if (!Number.isFinite(lossD)) {
        const symptom = 'the loss of the discriminator';
        throw new NonFiniteError(index + 1, await findNonFinite(this.gan, { symptom, real, z }));
      }
      const norms = measures.gradients
        ? await gradientNorms(this.gan.discriminator, gradients)
        : {};
      const measured = { ...norms, ...(await lambdaQuantities(gradients)) };
      this.gan.applyDiscriminator(gradients, learningRate);
      tf.dispose([real, z, loss, scoreReal, scoreFake, ...gradients.byParameter]);
      return { lossD, scoreReal: meanReal, scoreFake: meanFake, measured };
    });
  }

  private async updateGenerator(
    index: number,
    learningRate: number,
    norms: StepScalars | undefined,
  ): Promise<number> {
    const z = this.latents(randomPurpose.latentG, this.config.batch.generator, index);
    return this.clock.time('g', async () => {
      const gradients = this.gan.generatorGradients(z);
      const [lossG] = await readScalars([gradients.loss]);
      if (!Number.isFinite(lossG)) {
        const symptom = 'the loss of the generator';
        throw new NonFiniteError(index + 1, await findNonFinite(this.gan, { symptom, z }));
      }
      if (norms) Object.assign(norms, await gradientNorms(this.gan.generator, gradients));
      this.gan.applyGenerator(gradients, learningRate, index);
      tf.dispose([z, gradients.loss, ...gradients.byParameter]);
      return lossG;
    });
  }

  private latents(purpose: RandomPurpose, count: number, index: number): Tensor2D {
    const { network, seed } = this.config;
    const { latentDim, latent } = network;
    const values = drawLatents({ count, latentDim, latent, seed, purpose, index });
    return tf.tensor2d(values, [count, latentDim]);
  }
}

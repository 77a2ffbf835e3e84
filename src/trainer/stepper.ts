import * as tf from '@tensorflow/tfjs-core';
import { learningRateAt } from '../gan/adam';
import type { Gan } from '../gan/gan';
import { ALL_WEIGHTS } from '../gan/measure';
import type { StepInputs, StepScalars, TrainingStep } from '../gan/trainingStep';
import type { TrainConfig } from '../shared/config';
import { NonFiniteError } from './finite';
import type { InputSource } from './inputs/inputSource';
import { assertFiniteWeights, findNonFinite } from './nonFinite';
import type { PhaseClock } from './phaseClock';

/**
 * Makes the steps of a run: nDis updates of D and one of G each. Everything random in a step
 * follows from the seed and the step's number, so it can be repeated after a resume.
 */
export class Stepper {
  constructor(
    private readonly config: TrainConfig,
    private readonly gan: Gan,
    private readonly trainingStep: TrainingStep,
    private readonly source: InputSource,
    private readonly clock: PhaseClock,
  ) {}

  /**
   * @param index number of the step, from 0
   * @param measure whether to give also what is logged beside losses and scores
   * @throws NonFiniteError before a loss that is not finite could spoil the weights
   */
  async step(index: number, measure: boolean): Promise<StepScalars> {
    const inputs = await this.clock.time('data', () => this.inputs(index));
    const { [ALL_WEIGHTS]: weights, ...scalars } = await this.clock.time('update', () =>
      this.trainingStep.run(inputs, measure),
    );
    if (!Number.isFinite(scalars['loss/d'])) throw await this.spoilt(inputs, 'd');
    if (!Number.isFinite(scalars['loss/g'])) throw await this.spoilt(inputs, 'g');
    if (measure && !Number.isFinite(weights)) {
      this.trainingStep.synchronise();
      await assertFiniteWeights(this.gan, index + 1);
    }
    this.clock.tick();
    return { learningRate: inputs.learningRate, ...scalars };
  }

  private async inputs(index: number): Promise<StepInputs> {
    const { optimizer, steps } = this.config;
    const learningRate = learningRateAt(index, { ...optimizer, steps });
    return { index, learningRate, ...(await this.source.inputs(index)) };
  }

  /** Why a player's loss is not finite; its update was left out. */
  private async spoilt(
    { index, real, latentsD, latentsG }: StepInputs,
    player: 'd' | 'g',
  ): Promise<NonFiniteError> {
    this.trainingStep.synchronise();
    const { batch, data, network } = this.config;
    const latents = player === 'd' ? latentsD[latentsD.length - 1] : latentsG;
    const z = tf.tensor2d(latents, [latents.length / network.latentDim, network.latentDim]);
    const images =
      player === 'd'
        ? tf.tensor4d(real[real.length - 1], [batch.discriminator, data.size, data.size, 3])
        : undefined;
    const symptom = `the loss of the ${player === 'd' ? 'discriminator' : 'generator'}`;
    const cause = await findNonFinite(this.gan, { symptom, real: images, z });
    tf.dispose(images ? [z, images] : [z]);
    return new NonFiniteError(index + 1, cause);
  }
}

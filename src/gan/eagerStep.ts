import * as tf from '@tensorflow/tfjs-core';
import type { TrainConfig } from '../shared/config';
import type { DiscriminatorGradients, Gan, Gradients } from './gan';
import {
  gradientNorms,
  lambdasOf,
  readScalars,
  scoresOf,
  sizeOfWeights,
  weightNorms,
  type DeviceScalars,
} from './measure';
import { guardsAgainstNonFinite } from './ops/adamUpdate';
import type { StepInputs, StepScalars, TrainingStep } from './trainingStep';

/**
 * A step made of one call of the backend for every operation. It works on every backend, and is
 * what a compiled step is held against.
 */
export class EagerStep implements TrainingStep {
  constructor(
    private readonly config: TrainConfig,
    private readonly gan: Gan,
  ) {}

  async run(inputs: StepInputs, measure: boolean): Promise<StepScalars> {
    const { nDis } = this.config;
    let scalars: StepScalars = {};
    for (let k = 0; k < nDis; k++) {
      scalars = await this.updateDiscriminator(inputs, k, measure && k === nDis - 1);
      if (!Number.isFinite(scalars['loss/d'])) return { ...scalars, 'loss/g': NaN };
    }
    Object.assign(scalars, await this.updateGenerator(inputs, measure));
    if (measure) {
      const weights = { ...weightNorms(this.gan.discriminator), ...sizeOfWeights(this.gan) };
      Object.assign(scalars, await readScalars(weights));
    }
    return scalars;
  }

  /** The variables are the state. */
  synchronise(): void {}

  /** The players belong to the caller. */
  dispose(): void {}

  private async updateDiscriminator(
    { real, latentsD, learningRate }: StepInputs,
    k: number,
    measure: boolean,
  ): Promise<StepScalars> {
    const { batch, data } = this.config;
    const { discriminator } = this.gan;
    const images = tf.tensor4d(real[k], [batch.discriminator, data.size, data.size, 3]);
    const z = this.latents(latentsD[k]);
    const gradients = this.gan.discriminatorGradients(images, z, { lambdas: measure });
    const asked = measure
      ? { ...gradientNorms(discriminator, gradients), ...lambdasOf(gradients) }
      : {};
    const scalars = await this.applied(
      gradients,
      { ...scoresOf(gradients), ...asked },
      'loss/d',
      () => this.gan.applyDiscriminator(gradients, learningRate),
    );
    tf.dispose([images, z]);
    return scalars;
  }

  private async updateGenerator(
    { index, latentsG, learningRate }: StepInputs,
    measure: boolean,
  ): Promise<StepScalars> {
    const z = this.latents(latentsG);
    const gradients = this.gan.generatorGradients(z);
    const asked = measure ? gradientNorms(this.gan.generator, gradients) : {};
    const scalars = await this.applied(
      gradients,
      { 'loss/g': gradients.loss, ...asked },
      'loss/g',
      () => this.gan.applyGenerator(gradients, learningRate, index),
    );
    z.dispose();
    return scalars;
  }

  /** Applies gradients, unless their loss is not finite; a fused update sees to that itself. */
  private async applied(
    { byParameter }: Gradients | DiscriminatorGradients,
    wanted: DeviceScalars,
    loss: string,
    apply: () => void,
  ): Promise<StepScalars> {
    const guarded = guardsAgainstNonFinite();
    if (guarded) apply();
    const scalars = await readScalars(wanted);
    if (!guarded && Number.isFinite(scalars[loss])) apply();
    tf.dispose([...byParameter]);
    return scalars;
  }

  private latents(values: Float32Array): tf.Tensor2D {
    const { latentDim } = this.config.network;
    return tf.tensor2d(values, [values.length / latentDim, latentDim]);
  }
}

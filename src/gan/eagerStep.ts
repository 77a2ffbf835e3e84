import * as tf from '@tensorflow/tfjs-core';
import type { TrainConfig } from '../shared/config';
import type { Gan, Gradients } from './gan';
import {
  gradientNorms,
  lambdasOf,
  readScalars,
  readScalarsTogether,
  scoresOf,
  sizeOfWeights,
  weightNorms,
  type DeviceScalars,
} from './measure';
import { guardsAgainstNonFinite } from './ops/adamUpdate';
import { createSampler, type Sampler } from './sample';
import type { LatentSource } from './standingMoments';
import type { StepInputs, StepScalars, TrainingStep } from './trainingStep';

/** Gradients that are not applied yet, and what is wanted of them, their loss among it. */
interface Update {
  readonly gradients: Gradients;
  readonly scalars: DeviceScalars;
  readonly apply: (gradients: Gradients) => void;
}

/**
 * A step made of one call of the backend for every operation. It works on every backend, and is
 * what a compiled step is held against.
 */
export class EagerStep implements TrainingStep {
  constructor(
    private readonly config: TrainConfig,
    private readonly gan: Gan,
  ) {}

  run(inputs: StepInputs, measure: boolean): Promise<StepScalars> {
    return guardsAgainstNonFinite()
      ? this.runWithoutReading(inputs, measure)
      : this.runReadingLosses(inputs, measure);
  }

  /** Looks at each loss before its gradients are applied. */
  private async runReadingLosses(inputs: StepInputs, measure: boolean): Promise<StepScalars> {
    const { nDis } = this.config;
    let scalars: StepScalars = {};
    for (let k = 0; k < nDis; k++) {
      const update = this.discriminatorUpdate(inputs, k, measure && k === nDis - 1);
      scalars = await readScalars(update.scalars);
      if (Number.isFinite(scalars['loss/d'])) update.apply(update.gradients);
      tf.dispose([...update.gradients.byParameter]);
      if (!Number.isFinite(scalars['loss/d'])) return { ...scalars, 'loss/g': NaN };
    }
    const update = this.generatorUpdate(inputs, measure);
    Object.assign(scalars, await readScalars(update.scalars));
    if (Number.isFinite(scalars['loss/g'])) update.apply(update.gradients);
    tf.dispose([...update.gradients.byParameter]);
    if (measure) Object.assign(scalars, await readScalars(this.weightScalars()));
    return scalars;
  }

  /**
   * For updates that are left out by themselves where a loss is not finite: the whole step is
   * handed to the device, and everything is read from it at the end, in one transfer. Where a loss
   * is not finite, all weights are then as they should be, but u, v, the running statistics and
   * the number of updates have gone on; the run ends there.
   */
  private async runWithoutReading(inputs: StepInputs, measure: boolean): Promise<StepScalars> {
    const { nDis } = this.config;
    const asked: DeviceScalars[] = [];
    // Not finite from the first loss on that is not; it stands for each loss in its update.
    let losses = tf.scalar(0);
    const make = ({ gradients, scalars, apply }: Update): void => {
      const before = losses;
      losses = tf.add(before, gradients.loss);
      apply({ ...gradients, loss: losses });
      tf.dispose([before, ...gradients.byParameter]);
      asked.push(scalars);
    };
    for (let k = 0; k < nDis; k++)
      make(this.discriminatorUpdate(inputs, k, measure && k === nDis - 1));
    make(this.generatorUpdate(inputs, measure));
    if (measure) asked.push(this.weightScalars());
    losses.dispose();
    const read = await readScalarsTogether(asked);
    const spoilt = read.slice(0, nDis).find((scalars) => !Number.isFinite(scalars['loss/d']));
    if (spoilt) return { ...spoilt, 'loss/g': NaN };
    return Object.assign({}, ...read.slice(nDis - 1)) as StepScalars;
  }

  createSampler(latents: LatentSource): Sampler {
    return createSampler(this.gan, latents);
  }

  /** The variables are the state. */
  synchronise(): void {}

  /** The players belong to the caller. */
  dispose(): void {}

  private discriminatorUpdate(
    { real, latentsD, learningRate }: StepInputs,
    k: number,
    measure: boolean,
  ): Update {
    const { batch, data } = this.config;
    const images = tf.tensor4d(real[k], [batch.discriminator, data.size, data.size, 3]);
    const z = this.latents(latentsD[k]);
    const gradients = this.gan.discriminatorGradients(images, z, { lambdas: measure });
    tf.dispose([images, z]);
    const asked = measure
      ? { ...gradientNorms(this.gan.discriminator, gradients), ...lambdasOf(gradients) }
      : {};
    return {
      gradients,
      scalars: { ...scoresOf(gradients), ...asked },
      apply: (guarded) => this.gan.applyDiscriminator(guarded, learningRate),
    };
  }

  private generatorUpdate({ index, latentsG, learningRate }: StepInputs, measure: boolean): Update {
    const z = this.latents(latentsG);
    const gradients = this.gan.generatorGradients(z);
    z.dispose();
    const asked = measure ? gradientNorms(this.gan.generator, gradients) : {};
    return {
      gradients,
      scalars: { 'loss/g': gradients.loss, ...asked },
      apply: (guarded) => this.gan.applyGenerator(guarded, learningRate, index),
    };
  }

  private weightScalars(): DeviceScalars {
    return { ...weightNorms(this.gan.discriminator), ...sizeOfWeights(this.gan) };
  }

  private latents(values: Float32Array): tf.Tensor2D {
    const { latentDim } = this.config.network;
    return tf.tensor2d(values, [values.length / latentDim, latentDim]);
  }
}

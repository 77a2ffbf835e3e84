import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { TrainConfig } from '../shared/config';
import { Adam } from './adam';
import { WeightAverage } from './ema';
import { Lambdas } from './lambda';
import { updateRunningStatistics } from './layers/batchNorm';
import type { Pass } from './layers/layer';
import { ganLosses, type GanLoss } from './losses';
import { ownWeights, type Network } from './network';
import { buildDiscriminator, buildGenerator } from './networks/build';
import { addSpectralNorm } from './spectralNorm';

/** Loss and gradients of one player, not yet applied. The caller disposes of them. */
export interface Gradients {
  readonly loss: Scalar;
  /** In the order of the network's parameters. */
  readonly byParameter: readonly Tensor[];
}

/** Also D's mean outputs on the real and on the generated images. */
export interface DiscriminatorGradients extends Gradients {
  readonly scoreReal: Scalar;
  readonly scoreFake: Scalar;
  /** λ of eq. 12 by layer, where it was asked for; else none. */
  readonly lambdas: Readonly<Record<string, Scalar>>;
}

/** The two players with everything that training changes. */
export class Gan {
  readonly generator: Network;
  readonly discriminator: Network;
  readonly adamG: Adam;
  readonly adamD: Adam;
  /** Undefined when the config switches averaging off. */
  readonly average: WeightAverage | undefined;
  private readonly loss: GanLoss;
  private readonly variablesG: Variable[];
  private readonly variablesD: Variable[];

  constructor(private readonly config: TrainConfig) {
    this.generator = buildGenerator(config);
    this.discriminator = buildDiscriminator(config);
    if (config.spectralNorm.enabled) {
      addSpectralNorm(this.discriminator, { ...config.spectralNorm, seed: config.seed });
    }
    this.variablesG = this.generator.parameters.map(({ variable }) => variable);
    this.variablesD = this.discriminator.parameters.map(({ variable }) => variable);
    this.adamG = new Adam(this.variablesG, config.optimizer);
    this.adamD = new Adam(this.variablesD, config.optimizer);
    const { decay, from } = config.ema;
    this.average = decay > 0 ? new WeightAverage(this.generator, decay, from) : undefined;
    this.loss = ganLosses[config.loss];
  }

  /**
   * Advances u and v once and gives the gradients of D's loss.
   *
   * Real and generated images go through D as one batch: D has no batch norm, so this is the same
   * as two passes with the same u and v. With `perForward` u advances before each of two passes,
   * as in the official code, and W̄ differs between them.
   *
   * @param real images [b, height, width, 3] in [-1, 1]
   * @param z latents [b, latentDim]
   * @param wanted.lambdas whether to give λ of every normalised weight, too: it costs one scalar each
   */
  discriminatorGradients(
    real: Tensor4D,
    z: Tensor2D,
    wanted: { readonly lambdas?: boolean } = {},
  ): DiscriminatorGradients {
    return tf.tidy(() => {
      const lambdas = wanted.lambdas ? new Lambdas() : undefined;
      const fake = this.generator.forward(z, ownWeights({ moments: 'batch' }));
      if (!this.config.spectralNorm.perForward) this.advancePowerIteration();
      const scores: Scalar[] = [];
      const { value, grads } = tf.variableGrads(() => {
        const [scoresReal, scoresFake] = this.judgePair(real, fake, lambdas);
        scores.push(tf.keep(tf.mean(scoresReal)), tf.keep(tf.mean(scoresFake)));
        return this.loss.discriminator(scoresReal, scoresFake);
      }, this.variablesD);
      // Kept across the tape's own scope; from here on they belong to this scope's result.
      const [scoreReal, scoreFake] = scores.map((score) => {
        const owned = tf.clone(score);
        score.dispose();
        return owned;
      });
      const byParameter = this.variablesD.map(({ name }) => grads[name]);
      return { loss: value, scoreReal, scoreFake, byParameter, lambdas: lambdas?.take() ?? {} };
    });
  }

  /** D's outputs [b, 1] for real and for generated images. */
  private judgePair(real: Tensor4D, fake: Tensor, lambdas?: Lambdas): [Tensor, Tensor] {
    if (this.config.spectralNorm.perForward) {
      return [this.judge(real, lambdas), this.judge(fake, lambdas)];
    }
    const scores = this.judge(tf.concat([real, fake], 0), lambdas);
    const [countReal, countFake] = [real.shape[0], fake.shape[0]];
    return [
      tf.slice(scores, [0, 0], [countReal, 1]),
      tf.slice(scores, [countReal, 0], [countFake, 1]),
    ];
  }

  /** D's outputs [b, 1]; with `perForward` u advances first. */
  private judge(images: Tensor, lambdas?: Lambdas): Tensor {
    if (this.config.spectralNorm.perForward) this.advancePowerIteration();
    return this.discriminator.forward(images, ownWeights({ moments: 'batch' }, lambdas?.listen));
  }

  /**
   * The gradients of G's loss. D is used as it is: its u and v do not move unless `perForward`
   * says so, and no gradient of its weights is computed. Updates G's running batch statistics.
   *
   * @param z latents [b, latentDim]
   */
  generatorGradients(z: Tensor2D): Gradients {
    return tf.tidy(() => {
      const training: Pass = ownWeights({ moments: 'batch', onMoments: updateRunningStatistics });
      const { value, grads } = tf.variableGrads(
        () => this.loss.generator(this.judge(this.generator.forward(z, training))),
        this.variablesG,
      );
      return { loss: value, byParameter: this.variablesG.map(({ name }) => grads[name]) };
    });
  }

  /** Adam update of D. */
  applyDiscriminator({ byParameter, loss }: Gradients, learningRate: number): void {
    this.adamD.apply(byParameter, learningRate, loss);
  }

  /** Adam update of G number `step` (from 0), taken into the average. */
  applyGenerator({ byParameter, loss }: Gradients, learningRate: number, step: number): void {
    this.adamG.apply(byParameter, learningRate, loss);
    this.average?.update(this.average.decayAt(step));
  }

  dispose(): void {
    this.average?.dispose();
    this.adamG.dispose();
    this.adamD.dispose();
    this.generator.dispose();
    this.discriminator.dispose();
  }

  private advancePowerIteration(): void {
    for (const norm of this.discriminator.spectralNorms) norm.advance();
  }
}

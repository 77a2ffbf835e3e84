import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Network } from './network';
import type { Parameter } from './parameter';

/**
 * Exponential moving average of a generator's raw weights. Nothing else is averaged: an average of
 * u and v would have norm below 1 and underestimate σ, and averaged batch statistics would belong
 * to no weights at all (see standingMoments).
 */
export class WeightAverage {
  private readonly averages: ReadonlyMap<Parameter, Variable>;

  constructor(
    private readonly network: Network,
    private readonly decay: number,
    /** Updates of G before averaging begins; until then the average is G itself. */
    private readonly from: number,
  ) {
    this.averages = new Map(
      network.parameters.map((parameter) => [parameter, tf.variable(parameter.variable, false)]),
    );
  }

  /** The average of a parameter of the generator. */
  of(parameter: Parameter): Variable {
    const average = this.averages.get(parameter);
    if (!average) throw new Error(`${parameter.name} is not a parameter of this average`);
    return average;
  }

  /** Takes in the present weights after G update number `step` (from 0). */
  update(step: number): void {
    const decay = step < this.from ? 0 : this.decay;
    tf.tidy(() => {
      for (const { variable, average } of this.pairs()) {
        const next: Tensor =
          decay === 0
            ? tf.clone(variable)
            : tf.add(tf.mul(average, decay), tf.mul(variable, 1 - decay));
        average.assign(next);
      }
    });
  }

  dispose(): void {
    for (const { average } of this.pairs()) average.dispose();
  }

  private pairs(): { variable: Variable; average: Variable }[] {
    return this.network.parameters.map((parameter) => ({
      variable: parameter.variable,
      average: this.of(parameter),
    }));
  }
}

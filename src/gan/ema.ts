import type { Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Network } from './network';
import { movingAverage } from './ops/movingAverage';
import type { Rate } from './ops/adamUpdate';
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

  /** The decay of G update number `step` (from 0); 0: the average becomes G itself. */
  decayAt(step: number): number {
    return step < this.from ? 0 : this.decay;
  }

  /** Takes in the present weights; `decay` as {@link decayAt} gives it for the update. */
  update(decay: Rate): void {
    for (const { variable, average } of this.pairs()) {
      const next = movingAverage(average, variable, decay);
      average.assign(next);
      next.dispose();
    }
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

import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { adamUpdate, type AdamRates } from './ops/adamUpdate';

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** First and second moment of one parameter's gradient. */
export interface Moments {
  readonly first: Variable;
  readonly second: Variable;
}

/**
 * Adam (Kingma & Ba, algorithm 1) with ε outside the bias correction, as in PyTorch:
 * w ← w - α · m̂ / (√v̂ + ε). The learning rate is an argument of every update, because it decays
 * with the step; the number of updates done is part of the state.
 */
export class Adam {
  readonly moments: readonly Moments[];

  constructor(
    private readonly variables: readonly Variable[],
    private readonly options: AdamOptions,
    /** Updates done so far. */
    public updates = 0,
  ) {
    this.moments = variables.map((variable) =>
      tf.tidy(() => ({
        first: tf.variable(tf.zerosLike(variable), false),
        second: tf.variable(tf.zerosLike(variable), false),
      })),
    );
  }

  /** Counts an update that is about to be made, and gives its rates. */
  nextRates(learningRate: number): { alpha: number; epsilon: number } {
    const { beta1, beta2, epsilon } = this.options;
    this.updates++;
    const spread = Math.sqrt(1 - beta2 ** this.updates);
    const alpha = (learningRate * spread) / (1 - beta1 ** this.updates);
    return { alpha, epsilon: epsilon * spread };
  }

  /**
   * One update. `gradients` are in the order of the variables.
   *
   * @param loss from which they come; a backend with a kernel for this leaves everything as it was
   *   where the loss is not finite
   */
  update(gradients: readonly Tensor[], rates: AdamRates, loss?: Scalar): void {
    this.variables.forEach((variable, i) => {
      const { first, second } = this.moments[i];
      const before = { variable, first, second, gradient: gradients[i] };
      const [w, m, v] = adamUpdate(before, rates, this.options, loss);
      variable.assign(w);
      first.assign(m);
      second.assign(v);
      tf.dispose([w, m, v]);
    });
  }

  /** {@link update} number `updates + 1` at a learning rate. */
  apply(gradients: readonly Tensor[], learningRate: number, loss?: Scalar): void {
    this.update(gradients, this.nextRates(learningRate), loss);
  }

  dispose(): void {
    for (const { first, second } of this.moments) tf.dispose([first, second]);
  }
}

/**
 * Learning rate at a step (counted from 0): constant before `decayFrom`, then falling linearly so
 * that it would be 0 at step `steps` (Chainer's LinearShift in the official code).
 */
export function learningRateAt(
  step: number,
  {
    learningRate,
    decayFrom,
    steps,
  }: { learningRate: number; decayFrom: number | null; steps: number },
): number {
  if (decayFrom === null || step <= decayFrom) return learningRate;
  return learningRate * Math.max(0, (steps - step) / (steps - decayFrom));
}

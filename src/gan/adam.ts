import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

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

  /** One update. `gradients` are in the order of the variables. */
  apply(gradients: readonly Tensor[], learningRate: number): void {
    const { beta1, beta2, epsilon } = this.options;
    this.updates++;
    const correction1 = 1 - beta1 ** this.updates;
    const correction2 = 1 - beta2 ** this.updates;
    this.variables.forEach((variable, i) => {
      const { first, second } = this.moments[i];
      const gradient = gradients[i];
      tf.tidy(() => {
        first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
        second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const root = tf.add(tf.sqrt(tf.div(second, correction2)), epsilon);
        const update = tf.mul(tf.div(first, root), learningRate / correction1);
        variable.assign(tf.sub(variable, update));
      });
    });
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

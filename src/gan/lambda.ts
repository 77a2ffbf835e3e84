import type { Scalar } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from './parameter';

/**
 * λ of the paper's eq. 12 for every normalised weight: Ê[δᵀ(W̄h)] = ⟨∂V/∂W̄, W̄⟩, the slope of the
 * objective V when W̄ is stretched. The gradient of W is (∂V/∂W̄ - λ u vᵀ) / σ, so λ is how strongly
 * spectral normalisation penalises the first singular direction: positive where the update of W̄
 * would have made W̄ larger.
 *
 * The backward pass computes ⟨G, W̄⟩ for the gradient anyway (see `normalizeWeight`); this listens
 * to it and adds up where a weight is normalised in several forward passes.
 */
export class Lambdas {
  private readonly inners = new Map<string, Scalar[]>();

  /** Told ⟨∂L/∂W̄, W̄⟩ by a backward pass, whose own scope would free it. */
  readonly listen = ({ layer }: Parameter, inner: Scalar): void => {
    const held = tf.keep(tf.clone(inner));
    this.inners.set(layer, [...(this.inners.get(layer) ?? []), held]);
  };

  /**
   * λ by layer, where the loss that was followed backwards is -V. What was held is freed; the
   * result belongs to the caller.
   */
  take(): Record<string, Scalar> {
    const byLayer = [...this.inners].map(([layer, inners]): [string, Scalar] => {
      const lambda = tf.tidy(() => tf.neg(tf.addN(inners)));
      tf.dispose(inners);
      return [layer, lambda];
    });
    this.inners.clear();
    return Object.fromEntries(byLayer);
  }
}

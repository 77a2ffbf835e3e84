import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { fusedKernels, hasFusedKernel, runFusedKernel } from './fusedKernel';

/** A number, or a tensor where it is an input of a recorded step. */
export type Rate = number | Scalar;

/** What one update of Adam takes, each of the parameter's shape. */
export interface AdamTensors {
  readonly variable: Tensor;
  /** Moments of the gradients before this one. */
  readonly first: Tensor;
  readonly second: Tensor;
  readonly gradient: Tensor;
}

/**
 * Rates of one update in the form of Kingma & Ba, end of section 2: they carry the correction of
 * both moments, α_t = α √(1 - β2^t) / (1 - β1^t) and ε_t = ε √(1 - β2^t).
 */
export interface AdamRates {
  readonly alpha: Rate;
  readonly epsilon: Rate;
}

export interface AdamDecays {
  readonly beta1: number;
  readonly beta2: number;
}

/** Whether {@link adamUpdate} itself leaves everything as it was where the loss is not finite. */
export function guardsAgainstNonFinite(): boolean {
  return hasFusedKernel(fusedKernels.adamUpdate);
}

/**
 * m ← β1 m + (1 - β1) g, v ← β2 v + (1 - β2) g², w ← w - α_t m / (√v + ε_t).
 *
 * Kernel: `variable`, `first`, `second`, `gradient`, `alpha`, `epsilon`, `loss`; `beta1`, `beta2`;
 * gives w, m and v, the old ones where the loss is not finite.
 *
 * @param loss from which the gradient comes
 * @returns w, m and v
 */
export function adamUpdate(
  tensors: AdamTensors,
  { alpha, epsilon }: AdamRates,
  { beta1, beta2 }: AdamDecays,
  loss: Scalar | undefined,
): [Tensor, Tensor, Tensor] {
  const { variable, first, second, gradient } = tensors;
  return tf.tidy(() => {
    const fused =
      loss &&
      runFusedKernel(
        fusedKernels.adamUpdate,
        { ...tensors, alpha: asTensor(alpha), epsilon: asTensor(epsilon), loss },
        { beta1, beta2 },
      );
    if (fused) return fused as [Tensor, Tensor, Tensor];
    const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const change = tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon)), alpha);
    return [tf.sub(variable, change), m, v];
  });
}

function asTensor(rate: Rate): Scalar {
  return typeof rate === 'number' ? tf.scalar(rate) : rate;
}

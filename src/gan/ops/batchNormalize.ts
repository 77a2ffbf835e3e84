import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { fusedKernels, runFusedKernel } from './fusedKernel';

/** PyTorch's default; the paper names none. */
export const BATCH_NORM_EPSILON = 1e-5;

/** Mean and variance of every channel: [c] each. */
export type Moments = { mean: Tensor; variance: Tensor };

/** What the forward pass hands to the backward pass beside the scale γ, in a form of its own. */
interface Normalized {
  readonly y: Tensor;
  /** The batch's mean and biased variance. */
  readonly moments: Moments;
  /** Kept for {@link gradientsOf}. */
  readonly kept: Tensor[];
}

/**
 * y = γ (x - μ)/√(σ² + ε) + β over the batch and all positions of [b, h, w, c], with the closed
 * form of its gradient: dx = γ/√(σ² + ε) · (dy - mean(dy) - x̂ · mean(dy · x̂)).
 *
 * @returns the output and the batch's mean and biased variance, each [c]
 */
export function batchNormalize(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
): { y: Tensor; moments: Moments } {
  const found: Moments[] = [];
  const normalize = tf.customGrad((...args) => {
    const [input, scale, shift] = args as Tensor[];
    const save = args[args.length - 1] as tf.GradSaveFunc;
    const { y, moments, kept } = normalized(input, scale, shift);
    // No part of the output, so the tape's own scope would free them.
    found.push({ mean: tf.keep(moments.mean), variance: tf.keep(moments.variance) });
    save([scale, ...kept]);
    return {
      value: y,
      gradFunc: (dy: Tensor, [g, ...rest]: Tensor[]) => gradientsOf(dy, g, rest),
    };
  });
  const y = normalize(x, gamma, beta);
  const moments = tf.tidy(() => {
    const [{ mean, variance }] = found;
    return { mean: tf.clone(mean), variance: tf.clone(variance) };
  });
  tf.dispose(found);
  return { y, moments };
}

/** Kernel: `x`, `scale`, `shift`; `epsilon`; gives y, mean, biased variance, and what to keep. */
function normalized(x: Tensor, scale: Tensor, shift: Tensor): Normalized {
  const attributes = { epsilon: BATCH_NORM_EPSILON };
  const fused = runFusedKernel(fusedKernels.batchNorm, { x, scale, shift }, attributes);
  if (fused) {
    const [y, mean, variance, ...kept] = fused;
    return { y, moments: { mean, variance }, kept: [x, ...kept] };
  }
  const mean = averageRows(x);
  const variance = averageRows(tf.square(tf.sub(x, mean)));
  const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
  const xHat = tf.mul(tf.sub(x, mean), inverse);
  const y = tf.add(tf.mul(xHat, scale), shift);
  return { y, moments: { mean, variance }, kept: [xHat, inverse] };
}

/**
 * Gradients of x, γ and β. Kernel: `dy`, `x`, `scale`, and `kept0`, `kept1`, … in the order in which
 * the forward kernel gave them; `epsilon`.
 */
function gradientsOf(dy: Tensor, scale: Tensor, kept: readonly Tensor[]): Tensor[] {
  const [x, ...others] = kept;
  const named = Object.fromEntries(others.map((tensor, i) => [`kept${i}`, tensor]));
  const fused = runFusedKernel(
    fusedKernels.batchNormGradient,
    { dy, x, scale, ...named },
    { epsilon: BATCH_NORM_EPSILON },
  );
  if (fused) return fused;
  const [xHat, inverse] = kept;
  const rows = dy.size / scale.size;
  const meanDy = averageRows(dy);
  const meanDyXHat = averageRows(tf.mul(dy, xHat));
  const centred = tf.sub(tf.sub(dy, meanDy), tf.mul(xHat, meanDyXHat));
  return [tf.mul(centred, tf.mul(scale, inverse)), tf.mul(meanDyXHat, rows), tf.mul(meanDy, rows)];
}

/** Mean over all axes but the last. */
function averageRows(x: Tensor): Tensor {
  const channels = x.shape[x.rank - 1];
  const rows = x.size / channels;
  return tf.div(tf.sum(tf.reshape(x, [rows, channels]), 0), rows);
}

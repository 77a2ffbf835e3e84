import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerSpec, Pass } from './layer';

/** PyTorch's defaults; the paper names none. */
export const BATCH_NORM_EPSILON = 1e-5;
export const BATCH_NORM_MOMENTUM = 0.1;

/** Mean and variance of every channel: [c] each. */
export type Moments = { mean: Tensor; variance: Tensor };

/** Running statistics of one batch norm; not trained, but part of every checkpoint. */
export interface BatchNormState {
  readonly layer: string;
  readonly mean: Variable;
  readonly variance: Variable;
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
  const channels = x.shape[x.rank - 1];
  const rows = x.size / channels;
  const average = (values: Tensor): Tensor =>
    tf.div(tf.sum(tf.reshape(values, [rows, channels]), 0), rows);
  const { mean, variance } = tf.tidy(() => {
    const m = average(x);
    return { mean: m, variance: average(tf.square(tf.sub(x, m))) };
  });
  const normalize = tf.customGrad((...args) => {
    const [input, scale, shift] = args as Tensor[];
    const save = args[args.length - 1] as tf.GradSaveFunc;
    const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
    const normalized = tf.mul(tf.sub(input, mean), inverse);
    save([normalized, scale, inverse]);
    return {
      value: tf.add(tf.mul(normalized, scale), shift),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [xHat, g, r] = saved;
        const meanDy = average(dy);
        const meanDyXHat = average(tf.mul(dy, xHat));
        const centred = tf.sub(tf.sub(dy, meanDy), tf.mul(xHat, meanDyXHat));
        return [tf.mul(centred, tf.mul(g, r)), tf.mul(meanDyXHat, rows), tf.mul(meanDy, rows)];
      },
    };
  });
  return { y: normalize(x, gamma, beta), moments: { mean, variance } };
}

/** Batch normalisation over all axes but the last. */
export function batchNorm(layer: string): LayerSpec {
  return (context) => {
    const { inputShape } = context;
    const channels = inputShape[inputShape.length - 1];
    const gamma = context.parameter({
      name: `${layer}.weight`,
      layer,
      kind: 'gamma',
      shape: [channels],
      init: { kind: 'constant', value: 1 },
    });
    const beta = context.parameter({
      name: `${layer}.bias`,
      layer,
      kind: 'beta',
      shape: [channels],
      init: { kind: 'constant', value: 0 },
    });
    const state: BatchNormState = tf.tidy(() => ({
      layer,
      mean: tf.variable(tf.zeros([channels]), false),
      variance: tf.variable(tf.ones([channels]), false),
    }));
    return {
      outputShape: inputShape,
      parameters: [gamma, beta],
      batchNorms: [state],
      apply: (x, pass) => {
        const scale = pass.weight(gamma);
        const shift = pass.weight(beta);
        const output = normalized(x, scale, shift, state, pass);
        pass.onOutput?.(layer, output);
        return output;
      },
    };
  };
}

function normalized(
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  state: BatchNormState,
  pass: Pass,
): Tensor {
  if (pass.moments === 'batch') {
    const { y, moments } = batchNormalize(x, scale, shift);
    pass.onMoments?.(state, moments, x.size / scale.size);
    return y;
  }
  const { mean, variance } = pass.moments(state);
  const inverse = tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON));
  return tf.add(tf.mul(tf.sub(x, mean), tf.mul(inverse, scale)), shift);
}

/** The variance of the population, from the biased one of `count` values. */
export function unbiased(variance: Tensor, count: number): Tensor {
  return tf.mul(variance, count / Math.max(1, count - 1));
}

/** PyTorch's running update, with the unbiased variance. */
export function updateRunningStatistics(
  state: BatchNormState,
  { mean, variance }: Moments,
  count: number,
): void {
  tf.tidy(() => {
    const move = (old: Variable, value: Tensor): void =>
      old.assign(tf.add(tf.mul(old, 1 - BATCH_NORM_MOMENTUM), tf.mul(value, BATCH_NORM_MOMENTUM)));
    move(state.mean, mean);
    move(state.variance, unbiased(variance, count));
  });
}

import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON, batchNormalize, type Moments } from '../ops/batchNormalize';
import type { LayerSpec, Pass } from './layer';

/** PyTorch's default; the paper names none. */
export const BATCH_NORM_MOMENTUM = 0.1;

/** Running statistics of one batch norm; not trained, but part of every checkpoint. */
export interface BatchNormState {
  readonly layer: string;
  readonly mean: Variable;
  readonly variance: Variable;
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

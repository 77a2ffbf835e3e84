import * as tf from '@tensorflow/tfjs-core';
import { elementwise, type LayerSpec } from './layer';

/** max(x, 0). */
export const relu: LayerSpec = elementwise((x) => tf.relu(x));

/** x where positive, slope · x elsewhere; 1-Lipschitz for slopes up to 1. */
export function leakyRelu(slope: number): LayerSpec {
  return elementwise((x) => tf.leakyRelu(x, slope));
}

/** Brings images into [-1, 1]. */
export const tanh: LayerSpec = elementwise((x) => tf.tanh(x));

import * as tf from '@tensorflow/tfjs-core';
import { leakyRelu as activate } from '../ops/activations';
import { elementwise, type LayerSpec } from './layer';

/** max(x, 0). */
export const relu: LayerSpec = elementwise((x) => activate(x, 0));

/** x where positive, slope · x elsewhere; 1-Lipschitz for slopes up to 1. */
export function leakyRelu(slope: number): LayerSpec {
  return elementwise((x) => activate(x, slope));
}

/** Brings images into [-1, 1]. */
export const tanh: LayerSpec = elementwise((x) => tf.tanh(x));

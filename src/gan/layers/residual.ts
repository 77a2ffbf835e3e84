import * as tf from '@tensorflow/tfjs-core';
import { sequence, type LayerSpec } from './layer';

/** residual(x) + shortcut(x); without shortcut layers the shortcut is x itself. */
export function residual(branch: readonly LayerSpec[], shortcut: readonly LayerSpec[]): LayerSpec {
  return (context) => {
    const main = sequence(...branch)(context);
    const skip = sequence(...shortcut)(context);
    return {
      outputShape: main.outputShape,
      parameters: [...main.parameters, ...skip.parameters],
      batchNorms: [...main.batchNorms, ...skip.batchNorms],
      apply: (x, pass) => tf.add(main.apply(x, pass), skip.apply(x, pass)),
    };
  };
}

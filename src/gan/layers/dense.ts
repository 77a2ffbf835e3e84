import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../../shared/tensors';
import type { Initializer } from '../parameter';
import { channelsFirst, flattenedLayout, type TorchLayout } from '../torchLayout';
import type { LayerSpec, Shape } from './layer';

export interface DenseOptions {
  readonly bias?: boolean;
  readonly init: Initializer;
}

/**
 * Dense layer from an example of any shape to one of `outputShape`; flattening and reshaping
 * belong to it, because PyTorch flattens images in another order and checkpoints must know.
 */
export function dense(layer: string, outputShape: Shape, options: DenseOptions): LayerSpec {
  const { bias = true, init } = options;
  return (context) => {
    const { inputShape } = context;
    const inputs = sizeOf(inputShape);
    const outputs = sizeOf(outputShape);
    const weight = context.parameter({
      name: `${layer}.weight`,
      layer,
      kind: 'dense',
      shape: [inputs, outputs],
      init,
      layout: denseLayout(inputShape, outputShape),
      sides: { input: inputShape, output: outputShape },
      fans: [inputs, outputs],
    });
    const offset = bias
      ? context.parameter({
          name: `${layer}.bias`,
          layer,
          kind: 'bias',
          shape: [outputs],
          init: { kind: 'constant', value: 0 },
          layout: flattenedLayout(outputShape),
        })
      : undefined;
    return {
      outputShape,
      parameters: offset ? [weight, offset] : [weight],
      batchNorms: [],
      apply: (x, pass) => {
        const flat = tf.reshape(x, [-1, inputs]);
        const linear = tf.matMul(flat, pass.weight(weight));
        const biased = offset ? tf.add(linear, pass.weight(offset)) : linear;
        const output = tf.reshape(biased, [-1, ...outputShape]);
        pass.onOutput?.(layer, output);
        return output;
      },
    };
  };
}

/** [inputs, outputs] here; (outputs, inputs) with channels first on both sides in PyTorch. */
function denseLayout(inputShape: Shape, outputShape: Shape): TorchLayout {
  const inputOrder = channelsFirst(inputShape.length);
  const outputOrder = channelsFirst(outputShape.length).map((axis) => axis + inputShape.length);
  return {
    view: [...inputShape, ...outputShape],
    order: [...outputOrder, ...inputOrder],
    shape: [sizeOf(outputShape), sizeOf(inputShape)],
  };
}

import * as tf from '@tensorflow/tfjs-core';
import type { ConvGeometry, Initializer, ParameterSpec } from '../parameter';
import type { LayerContext, LayerSpec } from './layer';

export interface ConvOptions {
  /** Side of the square kernel. */
  readonly kernel: number;
  readonly stride?: number;
  readonly bias?: boolean;
  readonly init: Initializer;
}

/** Height, width and channels of an image-shaped input. */
function imageShape({ inputShape }: LayerContext): [number, number, number] {
  const [height, width, channels] = inputShape;
  return [height, width, channels];
}

/**
 * `same` padding in PyTorch's terms. For odd kernels with stride 1 and for 4x4 kernels with
 * stride 2 on even sizes it is symmetric, and PyTorch's `padding` gives the same numbers.
 */
function symmetricPadding(kernel: number, stride: number): number {
  return (kernel - stride + (stride === 1 ? 0 : stride % 2)) >> 1;
}

function biasSpec(layer: string, channels: number): ParameterSpec {
  return {
    name: `${layer}.bias`,
    layer,
    kind: 'bias',
    shape: [channels],
    init: { kind: 'constant', value: 0 },
  };
}

/** Convolution with `same` padding: [b, h, w, c] to [b, h/stride, w/stride, filters]. */
export function conv(layer: string, filters: number, options: ConvOptions): LayerSpec {
  const { kernel, stride = 1, bias = true, init } = options;
  return (context) => {
    const [height, width, channels] = imageShape(context);
    const geometry: ConvGeometry = {
      stride,
      padding: symmetricPadding(kernel, stride),
      inputSize: [height, width],
    };
    const shape = [kernel, kernel, channels, filters];
    const weight = context.parameter({
      name: `${layer}.weight`,
      layer,
      kind: 'conv',
      shape,
      init,
      layout: {
        view: shape,
        order: [3, 2, 0, 1],
        shape: [filters, channels, kernel, kernel],
      },
      geometry,
      sides: { input: [kernel, kernel, channels], output: [filters] },
      fans: [channels * kernel * kernel, filters * kernel * kernel],
    });
    const offset = bias ? context.parameter(biasSpec(layer, filters)) : undefined;
    return {
      outputShape: [height / stride, width / stride, filters],
      parameters: offset ? [weight, offset] : [weight],
      batchNorms: [],
      apply: (x, pass) => {
        const linear = tf.conv2d(
          x as tf.Tensor4D,
          pass.weight(weight) as tf.Tensor4D,
          stride,
          'same',
        );
        const output = offset ? tf.add(linear, pass.weight(offset)) : linear;
        pass.onOutput?.(layer, output);
        return output;
      },
    };
  };
}

/** Transposed convolution: [b, h, w, c] to [b, h·stride, w·stride, filters], without bias. */
export function convTranspose(layer: string, filters: number, options: ConvOptions): LayerSpec {
  const { kernel, stride = 1, init } = options;
  return (context) => {
    const [height, width, channels] = imageShape(context);
    // The filter of the convolution whose transpose this is: it maps filters to channels.
    const shape = [kernel, kernel, filters, channels];
    const weight = context.parameter({
      name: `${layer}.weight`,
      layer,
      kind: 'convTranspose',
      shape,
      init,
      layout: {
        view: shape,
        order: [3, 2, 0, 1],
        shape: [channels, filters, kernel, kernel],
      },
      geometry: {
        stride,
        padding: symmetricPadding(kernel, stride),
        inputSize: [height, width],
      },
      sides: { input: [kernel, kernel, channels], output: [filters] },
      fans: [channels * kernel * kernel, filters * kernel * kernel],
    });
    const outputShape: [number, number, number] = [height * stride, width * stride, filters];
    return {
      outputShape,
      parameters: [weight],
      batchNorms: [],
      apply: (x, pass) => {
        const output = tf.conv2dTranspose(
          x as tf.Tensor4D,
          pass.weight(weight) as tf.Tensor4D,
          [x.shape[0], ...outputShape],
          stride,
          'same',
        );
        pass.onOutput?.(layer, output);
        return output;
      },
    };
  };
}

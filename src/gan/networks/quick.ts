import { leakyRelu, relu, tanh } from '../layers/activation';
import { batchNorm } from '../layers/batchNorm';
import { conv } from '../layers/convolution';
import { dense } from '../layers/dense';
import type { LayerSpec } from '../layers/layer';
import { sequence } from '../layers/layer';
import { upsample } from '../layers/resample';
import { Network } from '../network';
import type { Initializer } from '../parameter';
import { scaled, type GeneratorOptions, type NetworkOptions } from './widths';

const init: Initializer = { kind: 'normal', deviation: 0.02 };

/**
 * A generator for laptops. Pixels are repeated and then convolved, where Table 3 has transposed
 * convolutions: those need ten times as many steps before their checkerboard goes away (Odena et
 * al., "Deconvolution and checkerboard artifacts", 2016).
 */
export function quickGenerator({ size, width, seed, latentDim }: GeneratorOptions): Network {
  const bottom = size / 8;
  const up = (stage: number, channels: number): LayerSpec =>
    sequence(
      upsample,
      conv(`conv${stage}`, scaled(channels, width), { kernel: 3, bias: false, init }),
      batchNorm(`bn${stage}`),
      relu,
    );
  return new Network(
    'g',
    [latentDim],
    [
      dense('fc', [bottom, bottom, scaled(96, width)], { init }),
      batchNorm('bn0'),
      relu,
      up(1, 48),
      up(2, 24),
      up(3, 12),
      conv('conv', 3, { kernel: 3, init }),
      tanh,
    ],
    seed,
  );
}

/** Its discriminator: one 3x3 convolution, then striding 4x4 ones; a thirtieth of the cost of Table 3. */
export function quickDiscriminator({ size, width, seed }: NetworkOptions): Network {
  const down = { kernel: 4, stride: 2, init };
  return new Network(
    'd',
    [size, size, 3],
    [
      conv('conv1', scaled(12, width), { kernel: 3, init }),
      leakyRelu(0.1),
      conv('conv2', scaled(24, width), down),
      leakyRelu(0.1),
      conv('conv3', scaled(48, width), down),
      leakyRelu(0.1),
      conv('conv4', scaled(96, width), down),
      leakyRelu(0.1),
      dense('fc', [1], { init }),
    ],
    seed,
  );
}

import { leakyRelu, relu, tanh } from '../layers/activation';
import { batchNorm } from '../layers/batchNorm';
import { conv, convTranspose } from '../layers/convolution';
import { dense } from '../layers/dense';
import { Network } from '../network';
import type { Initializer } from '../parameter';
import { scaled, type GeneratorOptions, type NetworkOptions } from './widths';

const init: Initializer = { kind: 'normal', deviation: 0.02 };

/** A generator for laptops: the shape of Table 3 with a quarter of its channels. */
export function quickGenerator({ size, width, seed, latentDim }: GeneratorOptions): Network {
  const bottom = size / 8;
  const up = { kernel: 4, stride: 2, init };
  return new Network(
    'g',
    [latentDim],
    [
      dense('fc', [bottom, bottom, scaled(128, width)], { init }),
      batchNorm('bn0'),
      relu,
      convTranspose('deconv1', scaled(64, width), up),
      batchNorm('bn1'),
      relu,
      convTranspose('deconv2', scaled(32, width), up),
      batchNorm('bn2'),
      relu,
      convTranspose('deconv3', scaled(16, width), up),
      batchNorm('bn3'),
      relu,
      conv('conv', 3, { kernel: 3, init }),
      tanh,
    ],
    seed,
  );
}

/** Its discriminator: striding 4x4 convolutions only, which costs a tenth of Table 3. */
export function quickDiscriminator({ size, width, seed }: NetworkOptions): Network {
  const down = { kernel: 4, stride: 2, init };
  return new Network(
    'd',
    [size, size, 3],
    [
      conv('conv1', scaled(32, width), down),
      leakyRelu(0.1),
      conv('conv2', scaled(64, width), down),
      leakyRelu(0.1),
      conv('conv3', scaled(128, width), down),
      leakyRelu(0.1),
      dense('fc', [1], { init }),
    ],
    seed,
  );
}

import { leakyRelu, relu, tanh } from '../layers/activation';
import { batchNorm } from '../layers/batchNorm';
import { conv, convTranspose } from '../layers/convolution';
import { dense } from '../layers/dense';
import { Network } from '../network';
import type { Initializer } from '../parameter';
import { scaled, type GeneratorOptions, type NetworkOptions } from './widths';

/** As in DCGAN and chainer-gan-lib; the paper names no initialisation. */
const init: Initializer = { kind: 'normal', deviation: 0.02 };

/**
 * Table 3 (a) of the paper: z to [size, size, 3], from a bottom of size/8 (M_g = 4 for 32 px, 6
 * for 48 px). Batch norm and ReLU follow the dense layer too, as in all public implementations.
 */
export function cnnGenerator({ size, width, seed, latentDim }: GeneratorOptions): Network {
  const bottom = size / 8;
  const up = { kernel: 4, stride: 2, init };
  return new Network(
    'g',
    [latentDim],
    [
      dense('fc', [bottom, bottom, scaled(512, width)], { init }),
      batchNorm('bn0'),
      relu,
      convTranspose('deconv1', scaled(256, width), up),
      batchNorm('bn1'),
      relu,
      convTranspose('deconv2', scaled(128, width), up),
      batchNorm('bn2'),
      relu,
      convTranspose('deconv3', scaled(64, width), up),
      batchNorm('bn3'),
      relu,
      conv('conv', 3, { kernel: 3, init }),
      tanh,
    ],
    seed,
  );
}

/** Table 3 (b): widths 64, 64, 128, 128, 256, 256, 512 and slope 0.1. */
export function cnnDiscriminator(options: NetworkOptions): Network {
  return discriminator(options, [64, 64, 128, 128, 256, 256, 512], 0.1);
}

/** The CNN of the authors' code (chainer-gan-lib `common/net.py`): wider, with slope 0.2. */
export function cnnWideDiscriminator(options: NetworkOptions): Network {
  return discriminator(options, [64, 128, 128, 256, 256, 512, 512], 0.2);
}

/** Alternating 3x3 and striding 4x4 convolutions, then one dense unit: [b, size, size, 3] to [b, 1]. */
function discriminator(
  { size, width, seed }: NetworkOptions,
  widths: readonly number[],
  slope: number,
): Network {
  const convolutions = widths.flatMap((channels, i) => {
    const geometry = i % 2 === 0 ? { kernel: 3, stride: 1 } : { kernel: 4, stride: 2 };
    return [conv(`conv${i + 1}`, scaled(channels, width), { ...geometry, init }), leakyRelu(slope)];
  });
  return new Network('d', [size, size, 3], [...convolutions, dense('fc', [1], { init })], seed);
}

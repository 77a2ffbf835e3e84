import { relu, tanh } from '../layers/activation';
import { batchNorm } from '../layers/batchNorm';
import { conv } from '../layers/convolution';
import { dense } from '../layers/dense';
import type { LayerSpec } from '../layers/layer';
import { averagePool, globalSumPool, upsample } from '../layers/resample';
import { residual } from '../layers/residual';
import { Network } from '../network';
import type { Initializer } from '../parameter';
import { scaled, type GeneratorOptions, type NetworkOptions } from './widths';

/** Chainer's GlorotUniform with scale √2 in front of a ReLU, 1 elsewhere (sngan_projection). */
const beforeRelu: Initializer = { kind: 'glorot', scale: Math.SQRT2 };
const linear: Initializer = { kind: 'glorot', scale: 1 };

/** Fig. 8 (b): BN-ReLU-up-conv, BN-ReLU-conv; the shortcut is upsampled and made as wide. */
function upBlock(name: string, channels: number): LayerSpec {
  return residual(
    [
      batchNorm(`${name}.bn1`),
      relu,
      upsample,
      conv(`${name}.conv1`, channels, { kernel: 3, init: beforeRelu }),
      batchNorm(`${name}.bn2`),
      relu,
      conv(`${name}.conv2`, channels, { kernel: 3, init: beforeRelu }),
    ],
    [upsample, conv(`${name}.shortcut`, channels, { kernel: 1, init: linear })],
  );
}

/** Fig. 8 (a): ReLU-conv-ReLU-conv without batch norm; the hidden width is the input's. */
function downBlock(name: string, input: number, channels: number, down: boolean): LayerSpec {
  const pool = down ? [averagePool] : [];
  const widen =
    down || input !== channels
      ? [conv(`${name}.shortcut`, channels, { kernel: 1, init: linear })]
      : [];
  return residual(
    [
      relu,
      conv(`${name}.conv1`, input, { kernel: 3, init: beforeRelu }),
      relu,
      conv(`${name}.conv2`, channels, { kernel: 3, init: beforeRelu }),
      ...pool,
    ],
    [...widen, ...pool],
  );
}

/** The first block of D: no activation on the image, and a shortcut that pools first. */
function imageBlock(name: string, channels: number): LayerSpec {
  return residual(
    [
      conv(`${name}.conv1`, channels, { kernel: 3, init: beforeRelu }),
      relu,
      conv(`${name}.conv2`, channels, { kernel: 3, init: beforeRelu }),
      averagePool,
    ],
    [averagePool, conv(`${name}.shortcut`, channels, { kernel: 1, init: linear })],
  );
}

/** Table 4 (a) for 32 px: 256 throughout. Table 5 (a) for 48 and 64 px: 512, 256, 128, 64. */
export function resnetGenerator({ size, width, seed, latentDim }: GeneratorOptions): Network {
  const bottom = size / 8;
  const [first, ...blocks] = size === 32 ? [256, 256, 256, 256] : [512, 256, 128, 64];
  return new Network(
    'g',
    [latentDim],
    [
      dense('fc', [bottom, bottom, scaled(first, width)], { init: linear }),
      ...blocks.map((channels, i) => upBlock(`block${i + 1}`, scaled(channels, width))),
      batchNorm('bn'),
      relu,
      conv('conv', 3, { kernel: 3, init: linear }),
      tanh,
    ],
    seed,
  );
}

/**
 * Table 4 (b) for 32 px: 128 down, 128 down, 128, 128. Table 5 (b) for 48 and 64 px: 64, 128,
 * 256, 512 down, then 1024. Global sum pooling and one dense unit without bias.
 */
export function resnetDiscriminator({ size, width, seed }: NetworkOptions): Network {
  const table = size === 32 ? [128, 128, 128, 128] : [64, 128, 256, 512, 1024];
  const downs = size === 32 ? 2 : 4;
  const widths = table.map((channels) => scaled(channels, width));
  return new Network(
    'd',
    [size, size, 3],
    [
      imageBlock('block1', widths[0]),
      ...widths
        .slice(1)
        .map((channels, i) => downBlock(`block${i + 2}`, widths[i], channels, i + 1 < downs)),
      relu,
      globalSumPool,
      dense('fc', [1], { init: linear, bias: false }),
    ],
    seed,
  );
}

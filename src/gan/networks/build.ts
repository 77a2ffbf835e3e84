import type { Architecture, TrainConfig } from '../../shared/config';
import type { Network } from '../network';
import { cnnDiscriminator, cnnGenerator, cnnWideDiscriminator } from './cnn';
import { quickDiscriminator, quickGenerator } from './quick';
import { resnetDiscriminator, resnetGenerator } from './resnet';
import type { GeneratorOptions, NetworkOptions } from './widths';

interface Pair {
  readonly generator: (options: GeneratorOptions) => Network;
  readonly discriminator: (options: NetworkOptions) => Network;
}

const pairs: Readonly<Record<Architecture, Pair>> = {
  cnn: { generator: cnnGenerator, discriminator: cnnDiscriminator },
  'cnn-wide': { generator: cnnGenerator, discriminator: cnnWideDiscriminator },
  resnet: { generator: resnetGenerator, discriminator: resnetDiscriminator },
  quick: { generator: quickGenerator, discriminator: quickDiscriminator },
};

type BuildConfig = Pick<TrainConfig, 'network' | 'data' | 'seed'>;

/** The generator of a config, with its first weights drawn from the seed. */
export function buildGenerator({ network, data, seed }: BuildConfig): Network {
  const { architecture, width, latentDim } = network;
  return pairs[architecture].generator({ size: data.size, width, seed, latentDim });
}

/** The discriminator of a config, without spectral normalisation. */
export function buildDiscriminator({ network, data, seed }: BuildConfig): Network {
  const { architecture, width } = network;
  return pairs[architecture].discriminator({ size: data.size, width, seed });
}

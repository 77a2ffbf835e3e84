import type { ConfigFile, PresetName, TrainConfig } from '../shared/config';

/** Settings named in the paper, as parts of a config file. */
type Preset = Omit<ConfigFile, 'preset' | '$schema'>;

/** Table 1: learning rate, β1, β2 of Adam and D updates per G update. */
function table1(learningRate: number, beta1: number, beta2: number, nDis: number): Preset {
  return { optimizer: { learningRate, beta1, beta2 }, nDis };
}

export const presets: Readonly<Record<PresetName, Preset>> = {
  A: table1(1e-4, 0.5, 0.9, 5),
  B: table1(1e-4, 0.5, 0.999, 1),
  C: table1(2e-4, 0.5, 0.999, 1),
  D: table1(1e-3, 0.5, 0.9, 5),
  E: table1(1e-3, 0.5, 0.999, 5),
  F: table1(1e-3, 0.9, 0.999, 5),
  // Official sn_cifar10_unconditional.yml.
  resnet: {
    ...table1(2e-4, 0, 0.9, 5),
    network: { architecture: 'resnet' },
    optimizer: { learningRate: 2e-4, beta1: 0, beta2: 0.9, decayFrom: 0 },
    batch: { discriminator: 64, generator: 128 },
    steps: 50_000,
  },
  quick: {
    // The moments of the paper's ResNet, which draw clearer shapes in a few hundred steps than
    // those of DCGAN, with a higher learning rate: a demonstration has no 100,000 steps.
    optimizer: { learningRate: 1e-3, beta1: 0, beta2: 0.9, decayFrom: 400 },
    nDis: 1,
    network: { architecture: 'quick' },
    batch: { discriminator: 32, generator: 32 },
    data: { flip: true },
    ema: { decay: 0.99 },
    steps: 800,
    log: { every: 10 },
    samples: { every: 100 },
    checkpoints: { every: 200 },
  },
};

/** What holds where neither the config file nor its preset says otherwise. */
export const defaults: Omit<TrainConfig, 'preset'> = {
  name: 'sn-gan',
  data: {
    source: 'emoji-32',
    size: 32,
    resize: 'area',
    flip: false,
    dequantise: true,
    maxDamaged: 10,
  },
  network: { architecture: 'cnn', width: 1, latentDim: 128, latent: 'normal' },
  spectralNorm: {
    enabled: true,
    nPowerIterations: 1,
    warmUpIterations: 15,
    perForward: false,
  },
  loss: 'hinge',
  optimizer: { learningRate: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decayFrom: null },
  nDis: 1,
  batch: { discriminator: 64, generator: 64 },
  // "100K generator updates for all experiments, unless otherwise noted."
  steps: 100_000,
  ema: { decay: 0.999, from: 0 },
  seed: 0,
  runtime: 'auto',
  precision: 'f32',
  log: { every: 50 },
  samples: { every: 500, count: 64 },
  checkpoints: { every: 5_000, keepLast: 3, keepEvery: 0 },
  runsFolder: 'runs',
};

/**
 * A complete config from a (validated) file: its own keys, else those of the user's settings, else
 * its preset's, else defaults.
 */
export function resolveConfig(file: ConfigFile, settings: ConfigFile = {}): TrainConfig {
  const preset = file.preset ?? settings.preset ?? 'C';
  const layers: readonly ConfigFile[] = [defaults, presets[preset], settings, file];
  const merged = layers.reduce<Record<string, unknown>>((result, layer) => {
    for (const [key, value] of givenEntries(layer)) {
      if (key === '$schema') continue;
      const section = value !== null && typeof value === 'object';
      result[key] = section
        ? { ...(result[key] as object), ...Object.fromEntries(givenEntries(value)) }
        : value;
    }
    return result;
  }, {});
  // Every key has a default, and each layer was type-checked or validated.
  return { ...merged, preset } as TrainConfig;
}

/** The keys that have a value: an undefined one must not hide that of a weaker layer. */
function givenEntries(section: object): [string, unknown][] {
  return Object.entries(section).filter(([, value]) => value !== undefined);
}

import { describe, expect, it } from 'vitest';
import { defaults, presets, resolveConfig } from '../../../src/gan/presets';
import { configFileSchema, presetNames, trainConfigSchema } from '../../../src/shared/config';

describe('the presets', () => {
  // Table 1 of the paper: alpha, beta1, beta2, n_dis.
  it.each([
    ['A', 1e-4, 0.5, 0.9, 5],
    ['B', 1e-4, 0.5, 0.999, 1],
    ['C', 2e-4, 0.5, 0.999, 1],
    ['D', 1e-3, 0.5, 0.9, 5],
    ['E', 1e-3, 0.5, 0.999, 5],
    ['F', 1e-3, 0.9, 0.999, 5],
  ] as const)('%s has the settings of Table 1', (preset, learningRate, beta1, beta2, nDis) => {
    const config = resolveConfig({ preset });
    expect(config.optimizer).toMatchObject({ learningRate, beta1, beta2, decayFrom: null });
    expect(config.nDis).toBe(nDis);
    // "100K generator updates for all experiments", d_z = 128 from N(0, I), the CNN of Table 3.
    expect(config.steps).toBe(100_000);
    expect(config.network).toEqual({
      architecture: 'cnn',
      width: 1,
      latentDim: 128,
      latent: 'normal',
    });
  });

  it('resnet has the settings of the official sn_cifar10_unconditional.yml', () => {
    const { optimizer, nDis, batch, steps, network, loss } = resolveConfig({ preset: 'resnet' });
    expect(optimizer).toMatchObject({ learningRate: 2e-4, beta1: 0, beta2: 0.9, decayFrom: 0 });
    expect({ nDis, batch, steps, loss }).toEqual({
      nDis: 5,
      batch: { discriminator: 64, generator: 128 },
      steps: 50_000,
      loss: 'hinge',
    });
    expect(network.architecture).toBe('resnet');
  });

  it.each(presetNames)('%s makes a complete and valid config', (preset) => {
    const config = resolveConfig({ preset });
    expect(trainConfigSchema.parse(config)).toEqual(config);
    expect(configFileSchema.safeParse(presets[preset]).success).toBe(true);
  });
});

describe('resolveConfig', () => {
  it("takes the file's own keys before its preset's before the defaults, key by key", () => {
    const config = resolveConfig({ preset: 'resnet', optimizer: { beta1: 0.25 }, seed: 9 });
    expect(config.optimizer).toEqual({
      learningRate: 2e-4,
      beta1: 0.25,
      beta2: 0.9,
      epsilon: defaults.optimizer.epsilon,
      decayFrom: 0,
    });
    expect(config.seed).toBe(9);
    expect(config.data).toEqual(defaults.data);
  });

  it('lets a file say null, 0, false and the like against its preset', () => {
    const config = resolveConfig({
      preset: 'resnet',
      optimizer: { decayFrom: null },
      ema: { decay: 0 },
      spectralNorm: { enabled: false },
    });
    expect(config.optimizer.decayFrom).toBeNull();
    expect(config.ema.decay).toBe(0);
    expect(config.spectralNorm.enabled).toBe(false);
  });

  it('is setting C where no preset is named, and drops the address of the schema', () => {
    const config = resolveConfig({ $schema: './schema.json' });
    expect(config.preset).toBe('C');
    expect(config).not.toHaveProperty('$schema');
    expect(config).toEqual(resolveConfig({ preset: 'C' }));
  });

  it('leaves presets and defaults as they are', () => {
    const before = JSON.stringify([presets, defaults]);
    resolveConfig({ preset: 'quick', data: { flip: false }, batch: { generator: 1 } });
    expect(JSON.stringify([presets, defaults])).toBe(before);
  });
});

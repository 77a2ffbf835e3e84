import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { probeRuntime } from '../../../src/runtime/probe/probe';
import { architectures, losses, type ConfigFile } from '../../../src/shared/config';
import { bundledProgram } from '../bundledProgram';
import type { Comparison } from './compareSteps';

const program = bundledProgram(path.join(import.meta.dirname, 'compareSteps.ts'));
const STEPS = 20;

/**
 * A narrow network, and an ε that is of the size of the gradients: with the usual one the first
 * steps of Adam are the signs of the gradients, and where a gradient is rounding noise around 0 the
 * two ways would go to opposite sides.
 */
function tiny(file: ConfigFile): ConfigFile {
  return {
    batch: { discriminator: 4, generator: 4 },
    ema: { decay: 0.9, from: 2 },
    ...file,
    network: { width: 0.06, latentDim: 8, ...file.network },
    optimizer: { learningRate: 1e-3, beta1: 0.5, beta2: 0.9, epsilon: 1e-2, ...file.optimizer },
  };
}

const networks = architectures.flatMap((architecture, i) =>
  // Each network with two losses, each loss with two networks.
  [losses[i], losses[(i + 1) % losses.length]].map((loss) =>
    tiny({ network: { architecture }, loss }),
  ),
);
const quick = { architecture: 'quick' } as const;
const variants: readonly ConfigFile[] = [
  { nDis: 3, batch: { discriminator: 3, generator: 5 } },
  { spectralNorm: { perForward: true, nPowerIterations: 2 } },
  { spectralNorm: { enabled: false }, ema: { decay: 0 } },
  { network: { architecture: 'resnet' }, data: { size: 48 } },
];
/**
 * Channels and images enough for 3x3 convolutions by minimal filtering, on maps of 4x4 and 8x8 and
 * of 16x16 and 32x32. Steps are small: where the ways differ in rounding, a ReLU here and there sees the other sign.
 */
const wide: readonly ConfigFile[] = (
  [
    ['cnn', 32],
    ['resnet', 4],
  ] as const
).map(([architecture, images]) =>
  tiny({
    network: { architecture, width: 1 },
    batch: { discriminator: images, generator: images },
    optimizer: { learningRate: 1e-4, epsilon: 0.1 },
  }),
);
/** Convolutions in bfloat16, also where a filter's gradient is computed as a product. */
const narrow: readonly ConfigFile[] = (['cnn', 'resnet'] as const).map((architecture) =>
  tiny({ network: { architecture }, precision: 'bf16' }),
);
const settings = variants.map((file) => tiny({ ...file, network: { ...quick, ...file.network } }));

/**
 * How far the two ways may be apart at the first step, and after all of them.
 *
 * In float32, sums of up to 10^4 products in another order, and then each step's rounding in the
 * next ones' inputs; minimal filtering rounds a few times as much as a sum. bfloat16 rounds every
 * number that lies between layers by up to 1/512, which a gradient meets some twenty times; what a
 * wrong order of the filter's elements would do is another direction, a distance of 1.4 times the
 * way.
 */
function tolerancesOf(file: ConfigFile): [one: number, many: number] {
  if (file.precision === 'bf16') return [0.1, 0.6];
  return wide.includes(file) ? [1e-2, 5e-2] : [2e-3, 2e-2];
}

describe('compiled steps', { timeout: 300_000 }, () => {
  let comparisons: Comparison[] = [];
  let reason: string | undefined;
  const configs = [...networks, ...settings, ...wide, ...narrow];

  beforeAll(async () => {
    const result = await probeRuntime('tensorflow', { seconds: 0 });
    if (!result.usable) {
      ({ reason } = result);
      return;
    }
    const files = configs.map((file) => JSON.stringify(file));
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      String(STEPS),
      ...files,
    ]);
    comparisons = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Comparison);
  }, 300_000);

  test.for(configs.map((file, i) => [JSON.stringify(file), i] as const))(
    'are the eager ones for %s',
    ([, i], { skip }) => {
      if (reason !== undefined) return skip(reason);
      const { first, last, state, sample, tensors, spoilt } = comparisons[i];
      const [one, many] = tolerancesOf(configs[i]);
      expect(first.by, first.of).toBeLessThan(one);
      expect(last.by, last.of).toBeLessThan(many);
      expect(state.by, state.of).toBeLessThan(many);
      expect(sample).toBeLessThan(one);
      expect(tensors).toBe(0);
      expect(spoilt).toEqual({ lossD: 'NaN', lossG: 'NaN', changed: 0 });
    },
  );
});

import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gan, Gradients } from '../../../src/gan/gan';
import { ownWeights } from '../../../src/gan/network';
import { buildDiscriminator, buildGenerator } from '../../../src/gan/networks/build';
import { resolveConfig } from '../../../src/gan/presets';
import { runningMoments } from '../../../src/gan/sample';
import { exportState } from '../../../src/gan/state';
import type { Architecture, ImageSize } from '../../../src/shared/config';
import type { NamedArray } from '../../../src/shared/tensors';
import {
  channelsFirst,
  comparedNetworks,
  expectSummary,
  readFixture,
  type NetworkFixture,
  type Summary,
} from '../../fixtures/torch/fixture';
import { expectGradients, inputsOf, twinOf } from '../../fixtures/torch/twinNetworks';

/**
 * Both sides compute in float64 and the fixtures carry 13 digits. What is left are the guards
 * against division by zero (1e-12 beside norms of about 1) and rounding, and deep networks amplify
 * both. 1e-10 is a thousand times less than float32 resolves, so no wrong formula hides in it.
 */
const TOLERANCE = 1e-10;

it('the CPU backend computes in float64 here', () => {
  const third = tf.div(tf.scalar(1), tf.scalar(3)).dataSync();
  expect(third[0]).toBe(1 / 3);
});

describe.each(comparedNetworks)('%s as PyTorch computes it', (name) => {
  const fixture = readFixture<NetworkFixture>(name);
  let gan: Gan;
  let z: tf.Tensor2D;
  let real: tf.Tensor4D;

  beforeAll(() => {
    gan = twinOf(fixture);
    ({ z, real } = inputsOf(fixture));
  });

  afterAll(() => {
    gan.dispose();
    tf.dispose([z, real]);
    tf.disposeVariables();
  });

  it.each(['g', 'd'] as const)(
    'has the names and shapes that load_state_dict takes: %s',
    (role) => {
      const network = role === 'g' ? gan.generator : gan.discriminator;
      const shapes = network.parameters.map(({ name, layout }) => [name, layout.shape]);
      expect(Object.fromEntries(shapes)).toEqual(fixture.shapes[role]);
    },
  );

  it.each(['g', 'd'] as const)('exports what load_state_dict needs, no more: %s', async (role) => {
    const state = await stateOf(gan);
    const names = [...state.keys()].filter((key) => key.startsWith(`${role}.`));
    expect(names.map((key) => key.slice(2)).toSorted()).toEqual(fixture.stateNames[role]);
  });

  it('draws the same images from running statistics', () => {
    const images = gan.generator.forward(z, ownWeights({ moments: runningMoments }));
    expectImages(images, fixture.samplesEval, 'images');
  });

  it('draws the same images from the statistics of the batch', () => {
    const images = gan.generator.forward(z, ownWeights({ moments: 'batch' }));
    expectImages(images, fixture.samples, 'images');
  });

  describe('in an update of D', () => {
    let result: ReturnType<Gan['discriminatorGradients']>;
    beforeAll(() => {
      result = gan.discriminatorGradients(real, z);
    });

    it('advances u and v of every layer once, v first, and exports them as PyTorch has them', async () => {
      const state = await stateOf(gan);
      for (const [layer, expected] of Object.entries(fixture.vectors)) {
        const prefix = `d.${layer}.parametrizations.weight.0`;
        const [u, v] = [state.get(`${prefix}._u`), state.get(`${prefix}._v`)];
        expectSummary(u?.data ?? [], { values: expected.u }, TOLERANCE, `u of ${layer}`);
        expectSummary(v?.data ?? [], { values: expected.v }, TOLERANCE, `v of ${layer}`);
      }
    });

    it('estimates the same sigma, still below the true one', () => {
      for (const norm of gan.discriminator.spectralNorms) {
        const { layer } = norm.parameter;
        const expected = fixture.vectors[layer];
        const sigma = norm.sigma().dataSync()[0];
        expect(Math.abs(sigma / expected.sigma - 1), layer).toBeLessThan(TOLERANCE);
        expect(sigma, layer).toBeLessThanOrEqual(expected.exactSigma * (1 + TOLERANCE));
      }
    });

    it('judges every image the same', () => {
      const judged = gan.discriminator.forward(real, ownWeights({ moments: 'batch' }));
      expectSummary(judged.dataSync(), { values: fixture.scoreReal }, TOLERANCE, 'D(x)');
    });

    it('has the same loss and mean scores', () => {
      expectNumber(result.loss, fixture.lossD, 'loss');
      expectNumber(result.scoreReal, mean(fixture.scoreReal), 'mean D(x)');
      expectNumber(result.scoreFake, mean(fixture.scoreFake), 'mean D(G(z))');
    });

    it('has the same gradient of every raw weight, through sigma', () => {
      expectGradients(gan.discriminator, result, fixture.gradientsD, TOLERANCE);
    });
  });

  describe('in an update of G', () => {
    let result: Gradients;
    beforeAll(() => {
      result = gan.generatorGradients(z);
    });

    it('has the same loss, with u and v of D as they were', () => {
      expectNumber(result.loss, fixture.lossG, 'loss');
    });

    it('has the same gradient of every weight', () => {
      expectGradients(gan.generator, result, fixture.gradientsG, TOLERANCE);
    });

    it('moves the running statistics the same way', () => {
      for (const { layer, mean, variance } of gan.generator.batchNorms) {
        const expected = fixture.runningAfterOneBatch[layer];
        expectSummary(mean.dataSync(), { values: expected.mean }, TOLERANCE, layer);
        expectSummary(variance.dataSync(), { values: expected.variance }, TOLERANCE, layer);
      }
    });
  });
});

interface FullNetwork {
  readonly architecture: Architecture;
  readonly size: ImageSize;
  readonly parametersG: number;
  readonly parametersD: number;
  /** Of a batch of two, in PyTorch's order. */
  readonly images: readonly number[];
  readonly scores: readonly number[];
}

describe('the networks at full width', () => {
  it.each(readFixture<FullNetwork[]>('parameterCounts'))(
    '$architecture at $size px has the parameter counts and output shapes of its PyTorch twin',
    ({ architecture, size, parametersG, parametersD, images, scores }) => {
      const config = resolveConfig({ network: { architecture }, data: { size } });
      const [generator, discriminator] = [buildGenerator(config), buildDiscriminator(config)];
      expect(generator.parameterCount).toBe(parametersG);
      expect(discriminator.parameterCount).toBe(parametersD);
      const [, channels, height, width] = images;
      expect(generator.outputShape).toEqual([height, width, channels]);
      expect(discriminator.inputShape).toEqual([height, width, channels]);
      expect(discriminator.outputShape).toEqual(scores.slice(1));
      generator.dispose();
      discriminator.dispose();
    },
  );
});

async function stateOf(gan: Gan): Promise<Map<string, NamedArray>> {
  return new Map((await exportState(gan)).map((array) => [array.name, array]));
}

function expectImages(images: tf.Tensor, expected: Summary, what: string): void {
  expectSummary(channelsFirst(images.dataSync(), images.shape), expected, TOLERANCE, what);
}

function expectNumber(actual: tf.Scalar, expected: number, what: string): void {
  expectSummary(actual.dataSync(), { values: [expected] }, TOLERANCE, what);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

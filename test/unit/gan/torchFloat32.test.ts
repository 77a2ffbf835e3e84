import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadWasm } from '../../../src/runtime/wasm/load';
import { readFixture, type NetworkFixture } from '../../fixtures/torch/fixture';
import { expectGradients, inputsOf, twinOf } from '../../fixtures/torch/twinNetworks';

/**
 * The same updates as in torchNetworks.test.ts, where the mathematics is held to 1e-10, but on the
 * wasm runtime in float32, as users train. float32 resolves 6e-8; a gradient passes some twenty
 * layers with sums of up to a few hundred terms, each of which can lose a few of those units.
 */
const TOLERANCE = 1e-4;

beforeAll(loadWasm);

describe.each(['cnn-32', 'cnn-48', 'cnn-wide-32', 'resnet-32', 'resnet-48', 'quick-32'])(
  '%s on wasm',
  (name) => {
    it('updates both players as PyTorch does', () => {
      const fixture = readFixture<NetworkFixture>(name);
      const gan = twinOf(fixture);
      const { z, real } = inputsOf(fixture);
      expect(z.dataSync()).toBeInstanceOf(Float32Array);

      const ofD = gan.discriminatorGradients(real, z);
      expect(Math.abs(ofD.loss.dataSync()[0] / fixture.lossD - 1)).toBeLessThan(TOLERANCE);
      expectGradients(gan.discriminator, ofD, fixture.gradientsD, TOLERANCE);

      const ofG = gan.generatorGradients(z);
      expect(Math.abs(ofG.loss.dataSync()[0] / fixture.lossG - 1)).toBeLessThan(TOLERANCE);
      expectGradients(gan.generator, ofG, fixture.gradientsG, TOLERANCE);
      gan.dispose();
      tf.disposeVariables();
    });
  },
);

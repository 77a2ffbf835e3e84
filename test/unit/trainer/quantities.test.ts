import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { isLinear } from '../../../src/gan/parameter';
import { resolveConfig } from '../../../src/gan/presets';
import { loadWasm } from '../../../src/runtime/wasm/load';
import { matrixOf } from '../../../src/spectral/matrix';
import { spectralNorm } from '../../../src/spectral/singularValues';
import { normalizedNorms, weightQuantities } from '../../../src/trainer/quantities';

beforeAll(loadWasm);

describe('normalizedNorms', () => {
  it.each(['quick', 'cnn', 'resnet'] as const)(
    'of the %s network are the singular values of its weights over the logged sigmas',
    async (architecture) => {
      const gan = new Gan(resolveConfig({ network: { architecture, width: 0.25 } }));
      // As bad as u can be: all of it on one output.
      const [first] = gan.discriminator.spectralNorms;
      const oneOutput = Float32Array.from({ length: first.u.size }, (_, i) => +(i === 0));
      first.u.assign(tf.tensor1d(oneOutput));
      const quantities = await weightQuantities(gan.discriminator);
      const tensors = tf.memory().numTensors;
      const norms = await normalizedNorms(gan.discriminator, quantities);
      expect(tf.memory().numTensors).toBe(tensors);

      const layers = gan.discriminator.parameters.filter(isLinear);
      expect(Object.keys(norms)).toEqual(layers.map(({ layer }) => `sigmaBar/${layer}`));
      for (const { layer, variable } of layers) {
        const outputs = variable.shape[variable.rank - 1];
        const data = await variable.data();
        const exact = spectralNorm(matrixOf(data.length / outputs, outputs, data));
        const expected = exact / Math.abs(quantities[`sigma/${layer}`]);
        expect(Math.abs(norms[`sigmaBar/${layer}`] / expected - 1), layer).toBeLessThan(5e-7);
      }
      gan.dispose();
    },
  );

  it('are none where nothing is normalised', async () => {
    const gan = new Gan(resolveConfig({ preset: 'quick', spectralNorm: { enabled: false } }));
    expect(await normalizedNorms(gan.discriminator, {})).toEqual({});
    gan.dispose();
  });
});

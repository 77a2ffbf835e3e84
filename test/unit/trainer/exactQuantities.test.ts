import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { readScalars, weightNorms } from '../../../src/gan/measure';
import { isLinear } from '../../../src/gan/parameter';
import { resolveConfig } from '../../../src/gan/presets';
import { loadWasm } from '../../../src/runtime/wasm/load';
import { matrixOf } from '../../../src/spectral/matrix';
import { spectralNorm } from '../../../src/spectral/singularValues';
import { exactQuantities } from '../../../src/trainer/exactQuantities';

beforeAll(loadWasm);

describe('exactQuantities', () => {
  it.each(['quick', 'cnn', 'resnet'] as const)(
    'of the %s network come from the singular values of its weights',
    async (architecture) => {
      const gan = new Gan(resolveConfig({ network: { architecture, width: 0.25 } }));
      // As bad as u can be: all of it on one output.
      const [first] = gan.discriminator.spectralNorms;
      const oneOutput = Float32Array.from({ length: first.u.size }, (_, i) => +(i === 0));
      first.u.assign(tf.tensor1d(oneOutput));
      const quantities = await readScalars(weightNorms(gan.discriminator));
      const tensors = tf.memory().numTensors;
      const norms = await exactQuantities(gan.discriminator, quantities);
      expect(tf.memory().numTensors).toBe(tensors);

      const layers = gan.discriminator.parameters.filter(isLinear);
      expect(Object.keys(norms)).toEqual(
        layers.flatMap(({ layer }) => [`sigmaBar/${layer}`, `stableRank/${layer}`]),
      );
      for (const { layer, variable } of layers) {
        const outputs = variable.shape[variable.rank - 1];
        const data = await variable.data();
        const exact = spectralNorm(matrixOf(data.length / outputs, outputs, data));
        const expected = exact / Math.abs(quantities[`sigma/${layer}`]);
        expect(Math.abs(norms[`sigmaBar/${layer}`] / expected - 1), layer).toBeLessThan(5e-7);
        // Twice the error of the norm.
        const rank = Float64Array.from(data).reduce((sum, w) => sum + w * w, 0) / exact ** 2;
        expect(Math.abs(norms[`stableRank/${layer}`] / rank - 1), layer).toBeLessThan(1e-6);
      }
      gan.dispose();
    },
  );

  it('are stable ranks alone where nothing is normalised, and nothing for a weight of zeros', async () => {
    const gan = new Gan(resolveConfig({ preset: 'quick', spectralNorm: { enabled: false } }));
    const [first, ...others] = gan.discriminator.parameters.filter(isLinear);
    first.variable.assign(tf.zerosLike(first.variable));
    const exact = await exactQuantities(
      gan.discriminator,
      await readScalars(weightNorms(gan.discriminator)),
    );
    expect(Object.keys(exact)).toEqual(others.map(({ layer }) => `stableRank/${layer}`));
    gan.dispose();
  });
});

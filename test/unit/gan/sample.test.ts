import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { resolveConfig } from '../../../src/gan/presets';
import { drawLatents } from '../../../src/gan/latents';
import { createSampler, drawImages, type Sampler } from '../../../src/gan/sample';
import { loadWasm } from '../../../src/runtime/wasm/load';
import { randomPurpose } from '../../../src/shared/random';

beforeAll(loadWasm);

const network = { width: 0.1, latentDim: 6 };
const latentDim = network.latentDim;
const source = { latentDim, latent: 'normal', seed: 5 } as const;
const latents = (count: number, index = 0): Float32Array =>
  drawLatents({ ...source, count, purpose: randomPurpose.sampleLatent, index });

/** A G that has moved away from its average. */
function trainedGan(decay: number): Gan {
  const gan = new Gan(
    resolveConfig({ preset: 'quick', network, ema: { decay, from: 0 }, seed: 5 }),
  );
  for (let step = 0; step < 3; step++) {
    const z = tf.tensor2d(latents(4, step), [4, latentDim]);
    gan.applyGenerator(gan.generatorGradients(z), 0.01, step);
  }
  return gan;
}

async function draw(sampler: Sampler, z: Float32Array): Promise<Float32Array[]> {
  const images: Float32Array[] = [];
  for await (const { count, height, width, data } of drawImages(sampler, z, latentDim)) {
    const size = height * width * 3;
    for (let i = 0; i < count; i++) images.push(data.slice(i * size, (i + 1) * size));
  }
  return images;
}

describe.each([
  ['averaged weights and standing statistics', 0.9],
  ['raw weights and running statistics', 0],
])('a sampler of %s', (_, decay) => {
  it('makes the same image of a latent alone, among others and at another place', async () => {
    const sampler = createSampler(trainedGan(decay), source);
    // Two passes of drawImages.
    const z = latents(70);
    const all = await draw(sampler, z);
    expect(all).toHaveLength(70);
    const [alone] = await draw(sampler, z.slice(3 * latentDim, 4 * latentDim));
    expect(alone).toEqual(all[3]);
    const [first] = await draw(sampler, z.slice(66 * latentDim));
    expect(first).toEqual(all[66]);
    expect(all[66]).not.toEqual(all[3]);
    expect(all.flatMap((image) => [...image]).every((x) => Math.abs(x) <= 1)).toBe(true);
  });

  it('is the same whenever it is made from the same state, and changes nothing', async () => {
    const gan = trainedGan(decay);
    const before = tf.memory().numTensors;
    const statistics = (): number[][] =>
      gan.generator.batchNorms.map(({ mean, variance }) => [
        ...mean.dataSync(),
        ...variance.dataSync(),
      ]);
    const running = statistics();
    const images: Float32Array[][] = [];
    for (let i = 0; i < 2; i++) {
      const sampler = createSampler(gan, source);
      images.push(await draw(sampler, latents(2)));
      sampler.dispose();
    }
    expect(images[1]).toEqual(images[0]);
    expect(statistics()).toEqual(running);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('the averaged generator does not draw with the running statistics of the raw one', async () => {
  const gan = trainedGan(0.9);
  const before = await draw(createSampler(gan, source), latents(1));
  for (const { mean } of gan.generator.batchNorms) mean.assign(tf.fill(mean.shape, 100));
  expect(await draw(createSampler(gan, source), latents(1))).toEqual(before);
});

describe('latents', () => {
  it('are a prefix of any larger number of them, and follow seed, purpose and index', () => {
    expect(latents(8).subarray(0, 3 * latentDim)).toEqual(latents(3));
    expect(latents(3, 1)).not.toEqual(latents(3));
  });

  it('are uniform in (-1, 1) where the config says so', () => {
    const purpose = randomPurpose.latentG;
    const values = drawLatents({ ...source, latent: 'uniform', count: 1_000, purpose, index: 0 });
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.min(...values)).toBeLessThan(-0.99);
  });
});

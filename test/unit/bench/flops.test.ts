import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { beforeAll, describe, expect, it } from 'vitest';
import { configOf, type BenchCase } from '../../../src/bench/benchCase';
import { operationsOfStep, productsOf } from '../../../src/bench/flops';
import { EagerStep } from '../../../src/gan/eagerStep';
import { Gan } from '../../../src/gan/gan';
import { leakyRelu, relu } from '../../../src/gan/layers/activation';
import { conv, convTranspose } from '../../../src/gan/layers/convolution';
import { dense } from '../../../src/gan/layers/dense';
import { Network } from '../../../src/gan/network';
import { buildDiscriminator, buildGenerator } from '../../../src/gan/networks/build';
import { resolveConfig } from '../../../src/gan/presets';
import { sizeOf } from '../../../src/shared/tensors';

// Its kernels call no other kernels, which would be counted, too.
beforeAll(() => tf.setBackend('cpu'));

const init = { kind: 'constant', value: 0 } as const;

/** Products of the kernels that a piece of work runs: convolutions, their gradients, matrices. */
async function productsRunBy(work: () => Promise<unknown>): Promise<number> {
  const { kernels } = await tf.profile(async () => {
    await work();
    return [];
  });
  return kernels.reduce((sum, { name, inputShapes, outputShapes }) => {
    const [first, second] = inputShapes;
    const [output] = outputShapes;
    switch (name) {
      case 'Conv2D':
        return sum + sizeOf(output) * sizeOf(second.slice(0, 3));
      case 'Conv2DBackpropInput':
        return sum + sizeOf(first) * sizeOf(second.slice(0, 3));
      case 'Conv2DBackpropFilter':
        return sum + sizeOf(second) * sizeOf(output.slice(0, 3));
      case 'BatchMatMul':
        // Weights and their gradients have both sides; what is left over is the third of a product.
        return sum + Math.sqrt(sizeOf(first) * sizeOf(second) * sizeOf(output));
      default:
        return sum;
    }
  }, 0);
}

describe('the operations of a step', () => {
  it('are those of a closed form for two layers a player', () => {
    const generator = new Network(
      'g',
      [5],
      [
        dense('fc', [4, 4, 6], { init }),
        relu,
        convTranspose('up', 3, { kernel: 4, stride: 2, init }),
      ],
      0,
    );
    const discriminator = new Network(
      'd',
      [8, 8, 3],
      [conv('conv', 7, { kernel: 3, init }), leakyRelu(0.1), dense('fc', [1], { init })],
      0,
    );
    // Every input of 4x4x6 goes to 4x4 outputs of 3 channels; every output of 8x8x7 comes from 3x3x3.
    const [gFirst, gSecond] = [5 * 96, 96 * (16 * 3)];
    const [dFirst, dSecond] = [448 * 27, 448];
    const batch = 2;
    const forwardG = batch * (gFirst + gSecond);
    const updateD = 2 * batch * (dFirst + dSecond + (dFirst + dSecond) + dSecond);
    const updateG = batch * (2 * (dFirst + dSecond) + (gFirst + gSecond) + gSecond);
    expect(operationsOfStep({ generator, discriminator }, batch)).toBe(
      2 * (forwardG + updateD + updateG),
    );
    expect(operationsOfStep({ generator, discriminator }, batch, 5)).toBe(
      2 * (5 * (forwardG + updateD) + updateG),
    );
  });

  it.each(['cnn', 'resnet'] as const)(
    'are those of the kernels that a step of the %s runs, but for the images made twice',
    async (network) => {
      const small: BenchCase = {
        network,
        batch: 2,
        width: 0.05,
        precision: 'f32',
        // Its power iterations are matrix products, too.
        spectralNorm: false,
      };
      const config = configOf(small);
      const gan = new Gan(config);
      const { size } = config.data;
      const { latentDim } = config.network;
      const latents = new Float32Array(2 * latentDim).fill(0.5);
      const inputs = {
        index: 0,
        learningRate: 1e-4,
        real: [new Float32Array(2 * size * size * 3)],
        latentsD: [latents],
        latentsG: latents,
      };
      const step = new EagerStep(config, gan);
      const run = await productsRunBy(() => step.run(inputs, false));
      // Operation by operation, G's images are made anew for its own update.
      const again = 2 * productsOf(gan.generator).forward;
      expect(2 * (run - again)).toBeCloseTo(operationsOfStep(gan, 2), 0);
      gan.dispose();
    },
  );

  it('are 2.35e9 an image for Table 3, and 2.8e9 in the form that blogs show', () => {
    const config = resolveConfig({ preset: 'C' });
    const generator = buildGenerator(config);
    const discriminator = buildDiscriminator(config);
    const perImage = operationsOfStep({ generator, discriminator }, 64) / 64;
    expect(perImage / 1e9).toBeCloseTo(2.35, 2);
    // There the images are made once for each player, and D's gradients in both updates.
    const more = productsOf(generator).forward + productsOf(discriminator).forward;
    expect((perImage + 2 * more) / 1e9).toBeCloseTo(2.78, 2);
    generator.dispose();
    discriminator.dispose();
  });
});

import type { NamedTensorInfoMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { EagerStep } from '../../../src/gan/eagerStep';
import { Gan } from '../../../src/gan/gan';
import { fusedKernels } from '../../../src/gan/ops/fusedKernel';
import { resolveConfig } from '../../../src/gan/presets';
import type { StepInputs, StepScalars } from '../../../src/gan/trainingStep';
import { randomPurpose, RandomStream } from '../../../src/shared/random';

const config = resolveConfig({
  network: { architecture: 'quick', width: 0.1, latentDim: 4 },
  batch: { discriminator: 2, generator: 2 },
  nDis: 2,
  ema: { decay: 0.9 },
});

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterEach(() => {
  vi.restoreAllMocks();
  tf.unregisterKernel(fusedKernels.adamUpdate, 'cpu');
});

/** An update that looks at its loss by itself, as a backend's kernel for it does. */
function registerGuardedUpdate(): void {
  tf.registerKernel({
    kernelName: fusedKernels.adamUpdate,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      const given = inputs as NamedTensorInfoMap & Record<string, Tensor>;
      const { variable, first, second, gradient, alpha, epsilon, loss } = given;
      const { beta1, beta2 } = attrs as unknown as { beta1: number; beta2: number };
      return tf.tidy(() => {
        if (!Number.isFinite(loss.dataSync()[0]))
          return [tf.clone(variable), tf.clone(first), tf.clone(second)];
        const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
        const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
        const change = tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon)), alpha);
        return [tf.sub(variable, change), m, v];
      });
    },
  });
}

function inputsOf(index: number, spoilt: readonly number[] = []): StepInputs {
  const stream = new RandomStream(3, randomPurpose.order, index);
  const real = [0, 1].map((k) => {
    const images = stream.uniforms(2 * 32 * 32 * 3, -1, 1);
    return spoilt.includes(k) ? images.fill(NaN) : images;
  });
  const latents = (): Float32Array => stream.normals(2 * 4);
  const latentsD = [latents(), latents()];
  return { index, learningRate: 1e-3, real, latentsD, latentsG: latents() };
}

interface Made {
  readonly scalars: StepScalars;
  readonly reads: number;
  readonly weights: number[];
  readonly leaked: number;
}

/** Makes a step after one good one. */
async function secondStep(inputs: StepInputs, measure: boolean): Promise<Made> {
  const gan = new Gan(config);
  const step = new EagerStep(config, gan);
  await step.run(inputsOf(0), false);
  const before = tf.memory().numTensors;
  const read = vi.spyOn(tf.backend() as unknown as { read: () => Promise<unknown> }, 'read');
  const scalars = await step.run(inputs, measure);
  const reads = read.mock.calls.length;
  const leaked = tf.memory().numTensors - before;
  const parameters = [...gan.discriminator.parameters, ...gan.generator.parameters];
  const weights = parameters.flatMap(({ variable }) => [...variable.dataSync()]);
  gan.dispose();
  vi.restoreAllMocks();
  return { scalars, reads, weights, leaked };
}

describe('a step whose updates look at their loss by themselves', () => {
  test.each([false, true])('is the same step, read once (measured: %s)', async (measure) => {
    const reading = await secondStep(inputsOf(1), measure);
    registerGuardedUpdate();
    const guarded = await secondStep(inputsOf(1), measure);
    expect(guarded.scalars).toEqual(reading.scalars);
    expect(guarded.weights).toEqual(reading.weights);
    expect(reading.reads).toBe(measure ? 4 : 3);
    expect(guarded.reads).toBe(1);
    expect([reading.leaked, guarded.leaked]).toEqual([0, 0]);
  });

  test.each([[[0]], [[1]], [[0, 1]]])(
    'leaves out the update of D with a loss that is not finite and all that follow: %j',
    async (spoilt) => {
      const reading = await secondStep(inputsOf(1, spoilt), false);
      registerGuardedUpdate();
      const guarded = await secondStep(inputsOf(1, spoilt), false);
      expect(guarded.scalars).toEqual(reading.scalars);
      expect(guarded.scalars['loss/d']).toBeNaN();
      expect(guarded.scalars['loss/g']).toBeNaN();
      expect(guarded.weights).toEqual(reading.weights);
      expect(guarded.leaked).toBe(0);
    },
  );
});

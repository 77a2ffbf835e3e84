import * as tf from '@tensorflow/tfjs-core';
import { CompiledStep } from '../../../src/compile/compiledStep';
import { EagerStep } from '../../../src/gan/eagerStep';
import { Gan } from '../../../src/gan/gan';
import { ALL_WEIGHTS } from '../../../src/gan/measure';
import { resolveConfig } from '../../../src/gan/presets';
import { createSampler, DRAW_BATCH, type Sampler } from '../../../src/gan/sample';
import type { LatentSource } from '../../../src/gan/standingMoments';
import { exportState } from '../../../src/gan/state';
import { sharesLatents, type StepInputs } from '../../../src/gan/trainingStep';
import { loadRuntime } from '../../../src/runtime/load';
import type { ConfigFile, TrainConfig } from '../../../src/shared/config';
import { randomPurpose, RandomStream } from '../../../src/shared/random';

/** How far the compiled steps went from the eager ones. */
export interface Comparison {
  /** Largest difference of a scalar at the first step, and after all of them. */
  readonly first: Difference;
  readonly last: Difference;
  /** Largest distance of an array of the state, as a share of the way that training moved it. */
  readonly state: Difference;
  /** Largest difference of a sample's pixel, of a range of 2, between the two ways to draw it. */
  readonly sample: number;
  /** Tensors that the compiled steps left behind. */
  readonly tensors: number;
  /** Loss of D and of G and the number of arrays that changed, after images that are not finite. */
  readonly spoilt: { readonly lossD: string; readonly lossG: string; readonly changed: number };
}

export interface Difference {
  readonly of: string;
  readonly by: number;
}

/** Run as `node compareSteps.cjs STEPS CONFIG…`; prints a {@link Comparison} for each config. */
async function main(): Promise<void> {
  const [steps, ...files] = process.argv.slice(2);
  await loadRuntime('tensorflow');
  for (const file of files) {
    const comparison = await compare(resolveConfig(JSON.parse(file) as ConfigFile), Number(steps));
    process.stdout.write(`${JSON.stringify(comparison)}\n`);
  }
  process.exit(0);
}

async function compare(config: TrainConfig, steps: number): Promise<Comparison> {
  const [gan, twin] = [new Gan(config), new Gan(config)];
  const eager = new EagerStep(config, gan);
  const { step: compiled } = await CompiledStep.compile(config, twin);
  const start = await state(gan);
  let [first, last]: Difference[] = [];
  let { numTensors } = tf.memory();
  for (let index = 0; index < steps; index++) {
    // The state goes out of the graph in the middle, too, as for a checkpoint.
    if (index === steps >> 1) compiled.synchronise();
    const measure = index === 0 || index === steps - 1;
    const inputs = drawInputs(config, index);
    const expected = await eager.run(inputs, measure);
    const { numTensors: before } = tf.memory();
    const found = await compiled.run(inputs, measure);
    if (index === 1) numTensors = tf.memory().numTensors - before;
    if (Object.keys(found).sort().join() !== Object.keys(expected).sort().join()) {
      throw new Error(`Other scalars: ${Object.keys(found).join()}`);
    }
    const difference = largest(
      Object.keys(expected)
        .filter((tag) => tag !== ALL_WEIGHTS)
        .map((tag) => ({
          of: tag,
          by: Math.abs(found[tag] - expected[tag]) / Math.max(1e-2, Math.abs(expected[tag])),
        })),
    );
    if (index === 0) first = difference;
    last = difference;
  }
  const drawn = draw(config, compiled.createSampler(source(config)));
  compiled.synchronise();
  const again = draw(config, createSampler(twin, source(config)));
  const sample = drawn.reduce((most, pixel, i) => Math.max(most, Math.abs(pixel - again[i])), 0);
  const [expected, found] = [await state(gan), await state(twin)];
  // The gradient of a bias before batch norm is rounding noise around 0, and bfloat16 has much.
  const compared = [...expected].filter(
    ([name]) => config.precision === 'f32' || !/\.bias(\.|$)/.test(name),
  );
  const apart = compared.map(([name, values]) => ({
    of: name,
    by: distance(found.get(name), values) / (distance(start.get(name), values) + rounding(values)),
  }));
  const spoilt = await spoil(config, compiled, twin, steps);
  for (const each of [gan, twin, compiled]) each.dispose();
  return { first, last, state: largest(apart), sample, tensors: numTensors, spoilt };
}

function source({ network, seed }: TrainConfig): LatentSource {
  return { ...network, seed };
}

function draw({ network }: TrainConfig, sampler: Sampler): Float32Array {
  const random = new RandomStream(2, randomPurpose.sampleLatent, 0);
  const z = tf.tensor2d(random.normals(DRAW_BATCH * network.latentDim), [
    DRAW_BATCH,
    network.latentDim,
  ]);
  const images = sampler.draw(z);
  const pixels = images.dataSync<'float32'>();
  tf.dispose([z, images]);
  sampler.dispose();
  return pixels;
}

/** A step on images that are not finite: weights, moments and averages must stay. */
async function spoil(
  config: TrainConfig,
  compiled: CompiledStep,
  twin: Gan,
  index: number,
): Promise<Comparison['spoilt']> {
  const before = await state(twin);
  const inputs = drawInputs(config, index);
  inputs.real[0][0] = NaN;
  const scalars = await compiled.run(inputs, false);
  compiled.synchronise();
  const after = await state(twin);
  // u, v and the running statistics follow from weights and latents, which are sound.
  const changed = [...before].filter(
    ([name, values]) =>
      !/\._[uv]$|running_|^g_ema/.test(name) && distance(after.get(name), values) > 0,
  );
  return {
    lossD: String(scalars['loss/d']),
    lossG: String(scalars['loss/g']),
    changed: changed.length,
  };
}

async function state(gan: Gan): Promise<Map<string, Float32Array>> {
  return new Map((await exportState(gan)).map(({ name, data }) => [name, data]));
}

function drawInputs(config: TrainConfig, index: number): StepInputs {
  const { batch, data, network, nDis, optimizer } = config;
  const random = new RandomStream(1, randomPurpose.order, index);
  const updates = Array.from({ length: nDis });
  const images = batch.discriminator * data.size ** 2 * 3;
  const latents = (count: number): Float32Array => random.normals(count * network.latentDim);
  const latentsD = updates.map(() => latents(batch.discriminator));
  return {
    index,
    learningRate: optimizer.learningRate / (index + 1),
    real: updates.map(() => random.uniforms(images, -1, 1)),
    latentsD,
    latentsG: sharesLatents(config) ? latentsD[nDis - 1] : latents(batch.generator),
  };
}

function distance(a: Float32Array | undefined, b: Float32Array): number {
  return norm(b.map((value, i) => value - (a?.[i] ?? NaN)));
}

/** A way that is not worth comparing: of a bias before batch norm, say, whose gradient is noise. */
function rounding(values: Float32Array): number {
  return 1e-4 * (norm(values) + Math.sqrt(values.length));
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}

function largest(differences: readonly Difference[]): Difference {
  return differences.reduce((worst, next) => (next.by <= worst.by ? worst : next));
}

void main();

import * as tf from '@tensorflow/tfjs-core';
import { Gan } from '../../../src/gan/gan';
import { resolveConfig } from '../../../src/gan/presets';
import { loadRuntime } from '../../../src/runtime/load';
import { architectures, losses, type RuntimeName } from '../../../src/shared/config';
import { randomPurpose, RandomStream } from '../../../src/shared/random';

/** What a run of a few steps computed. */
export interface TrainedSteps {
  /** For each architecture, the losses of D and G at each step. */
  readonly curves: Readonly<Record<string, readonly number[]>>;
  /** The kernels that the steps used. */
  readonly kernels: readonly string[];
}

const BATCH = 2;
const STEPS = 2;

/**
 * A few steps of narrow networks on one runtime, all from the same seeds. Run as
 * `node trainOnRuntime.cjs RUNTIME ARCHITECTURE…`; prints JSON.
 */
async function main(): Promise<void> {
  const [runtime, ...chosen] = process.argv.slice(2);
  await loadRuntime(runtime as RuntimeName);
  const kernels = new Set<string>();
  const curves: Record<string, number[]> = {};
  for (const [index, architecture] of architectures.entries()) {
    if (!chosen.includes(architecture)) continue;
    const config = resolveConfig({
      network: { architecture, width: 0.1, latentDim: 16 },
      loss: losses[index],
      batch: { discriminator: BATCH, generator: BATCH },
      ema: { decay: 0.9 },
    });
    const gan = new Gan(config);
    const curve: number[] = [];
    const profile = await tf.profile(async () => {
      for (let step = 0; step < STEPS; step++) curve.push(...(await trainStep(gan, step)));
      // `profile` wants a tensor of the function that it profiles.
      return tf.scalar(0);
    });
    for (const name of profile.kernelNames) kernels.add(name);
    curves[architecture] = curve;
    gan.dispose();
  }
  const result: TrainedSteps = { curves, kernels: [...kernels].sort() };
  process.stdout.write(JSON.stringify(result), () => process.exit(0));
}

/** Loss of D, loss of G and the Euclidean norm of all gradients of G. */
async function trainStep(gan: Gan, step: number): Promise<number[]> {
  const learningRate = 2e-4;
  const random = new RandomStream(1, randomPurpose.order, step);
  const real = tf.tensor4d(random.uniforms(BATCH * 32 * 32 * 3, -1, 1), [BATCH, 32, 32, 3]);
  const z = tf.tensor2d(random.normals(BATCH * 16), [BATCH, 16]);
  const d = gan.discriminatorGradients(real, z);
  gan.applyDiscriminator(d, learningRate);
  const g = gan.generatorGradients(z);
  gan.applyGenerator(g, learningRate, step);
  const squares = tf.tidy(() =>
    tf.addN(g.byParameter.map((gradient) => tf.sum(tf.square(gradient)))),
  );
  const numbers = await Promise.all([d.loss, g.loss, squares].map((tensor) => tensor.data()));
  tf.dispose([real, z, squares, d.loss, d.scoreReal, d.scoreFake, g.loss]);
  tf.dispose([...d.byParameter, ...g.byParameter]);
  return [numbers[0][0], numbers[1][0], Math.sqrt(numbers[2][0])];
}

void main();

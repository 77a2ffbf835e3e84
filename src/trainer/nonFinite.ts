import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from '../gan/gan';
import { ownWeights, type Network } from '../gan/network';
import { firstNonFinite, NonFiniteError } from './finite';

async function problemIn(what: string, tensor: Tensor): Promise<string | undefined> {
  const found = firstNonFinite(await tensor.data());
  return found && `${what} contain ${found}`;
}

const playerNames = { d: 'the discriminator', g: 'the generator' } as const;

/** Where a value that is not finite was met, and what went in. */
export interface Suspects {
  /** What is not finite, for example `the loss`. */
  readonly symptom: string;
  readonly real?: Tensor4D | undefined;
  readonly z: Tensor2D;
}

/**
 * Finds where a value that is not finite came from: weights with their u and v first, then the
 * images, then the outputs of each layer in order. Called before the step's gradients are applied.
 *
 * @returns what is wrong, naming network and layer
 */
export async function findNonFinite(gan: Gan, { symptom, real, z }: Suspects): Promise<string> {
  const { generator, discriminator } = gan;
  const found =
    (await problemInWeights(discriminator)) ??
    (await problemInWeights(generator)) ??
    (await problemInAverage(gan)) ??
    (real && (await problemIn('the training images', real))) ??
    (await problemInOutputs(generator, z)) ??
    (await problemInScores(gan, z)) ??
    (real && (await problemInOutputs(discriminator, real)));
  return found ?? `${symptom} is not finite although every weight and layer output is`;
}

async function problemInWeights({ role, parameters }: Network): Promise<string | undefined> {
  const owner = playerNames[role];
  for (const { name, layer, variable, spectralNorm } of parameters) {
    const found =
      (await problemIn(`the values of ${name} of ${owner}`, variable)) ??
      (spectralNorm &&
        ((await problemIn(`the values of u of ${layer} of ${owner}`, spectralNorm.u)) ??
          (await problemIn(`the values of v of ${layer} of ${owner}`, spectralNorm.v))));
    if (found) return found;
  }
  return undefined;
}

async function problemInAverage({ generator, average }: Gan): Promise<string | undefined> {
  if (!average) return undefined;
  for (const parameter of generator.parameters) {
    const what = `the averaged values of ${parameter.name} of ${playerNames.g}`;
    const found = await problemIn(what, average.of(parameter));
    if (found) return found;
  }
  return undefined;
}

async function problemInScores(gan: Gan, z: Tensor2D): Promise<string | undefined> {
  const fake = tf.tidy(() => gan.generator.forward(z, ownWeights({ moments: 'batch' })));
  const found = await problemInOutputs(gan.discriminator, fake);
  fake.dispose();
  return found;
}

async function problemInOutputs(network: Network, x: Tensor): Promise<string | undefined> {
  const outputs: { layer: string; output: Tensor }[] = [];
  tf.tidy(() => {
    const onOutput = (layer: string, output: Tensor): void => {
      outputs.push({ layer, output: tf.keep(tf.clone(output)) });
    };
    network.forward(x, ownWeights({ moments: 'batch', onOutput }));
  });
  try {
    for (const { layer, output } of outputs) {
      const what = `the outputs of ${layer} of ${playerNames[network.role]}`;
      const found = await problemIn(what, output);
      if (found) return found;
    }
    return undefined;
  } finally {
    for (const { output } of outputs) output.dispose();
  }
}

/**
 * Looks at every weight of both players, for when their size is not finite: it need not be where
 * weights are beyond 1e19, whose squares overflow.
 *
 * @throws NonFiniteError naming network and layer
 */
export async function assertFiniteWeights(gan: Gan, step: number): Promise<void> {
  const { discriminator, generator } = gan;
  const found = (await problemInWeights(discriminator)) ?? (await problemInWeights(generator));
  if (found) throw new NonFiniteError(step, found);
}

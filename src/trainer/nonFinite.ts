import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from '../gan/gan';
import { ownWeights, type Network } from '../gan/network';
import type { NamedArray } from '../shared/tensors';
import { UserError } from '../shared/userError';

/** Training produced NaN or Infinity; the message names step, layer and quantity. */
export class NonFiniteError extends UserError {
  constructor(step: number, what: string) {
    super(
      `Step ${step}: ${what}. Training stopped; the last checkpoint is good. Try a lower learning rate, or resume from that checkpoint with another seed.`,
    );
  }
}

/** 'NaN' or 'Infinity' when the values hold one. */
function firstNonFinite(values: ArrayLike<number>): string | undefined {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return Number.isNaN(values[i]) ? 'NaN' : 'Infinity';
  }
  return undefined;
}

async function problemIn(what: string, tensor: Tensor): Promise<string | undefined> {
  const found = firstNonFinite(await tensor.data());
  return found && `${what} contain ${found}`;
}

const playerNames = { d: 'the discriminator', g: 'the generator' } as const;

/** What went into the step that went wrong. */
export interface SuspectInputs {
  readonly real?: Tensor4D | undefined;
  readonly z: Tensor2D;
}

/**
 * Finds where a value that is not finite came from: weights first, then u and v, the images, then
 * the outputs of each layer in order. Called before the step's gradients are applied.
 *
 * @returns what is wrong, naming network and layer
 */
export async function findNonFinite(gan: Gan, { real, z }: SuspectInputs): Promise<string> {
  const { generator, discriminator } = gan;
  const found =
    (await problemInWeights(discriminator)) ??
    (await problemInWeights(generator)) ??
    (real && (await problemIn('the training images', real))) ??
    (await problemInOutputs(generator, z)) ??
    (await problemInScores(gan, z)) ??
    (real && (await problemInOutputs(discriminator, real)));
  return found ?? 'the loss is not finite although every weight and layer output is';
}

async function problemInWeights({ role, parameters }: Network): Promise<string | undefined> {
  const owner = playerNames[role];
  for (const { name, layer, variable, spectralNorm } of parameters) {
    const found =
      (await problemIn(`the values of ${name} of ${owner}`, variable)) ??
      (spectralNorm && (await problemIn(`u and v of ${layer} of ${owner}`, spectralNorm.u)));
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
 * Refuses a state that is not finite, so that a checkpoint is always a good one.
 *
 * @throws NonFiniteError naming the array
 */
export function assertFinite(arrays: readonly NamedArray[], step: number): void {
  for (const { name, data } of arrays) {
    const found = firstNonFinite(data);
    if (found) throw new NonFiniteError(step, `the array ${name} contains ${found}`);
  }
}

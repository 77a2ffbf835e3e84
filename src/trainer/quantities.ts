import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from '../gan/gan';
import type { Network } from '../gan/network';
import { asMatrix, isLinear } from '../gan/parameter';
import { weightNorm } from '../spectral/weightNorm';

/** Tagged values of one step, as they go into scalars.jsonl. */
export type StepScalars = Record<string, number>;

/** The values of scalars in one transfer from the device. */
export async function readScalars(scalars: readonly Tensor[]): Promise<number[]> {
  const together = tf.tidy(() => tf.stack(scalars.map((scalar) => tf.reshape(scalar, []))));
  const values = await together.data();
  together.dispose();
  return Array.from(values);
}

async function readTagged(scalars: Readonly<Record<string, Scalar>>): Promise<StepScalars> {
  const tags = Object.keys(scalars);
  if (tags.length === 0) return {};
  const values = await readScalars(Object.values(scalars));
  tf.dispose(Object.values(scalars));
  return Object.fromEntries(tags.map((tag, i) => [tag, values[i]]));
}

/** Euclidean norm of everything in one array. */
function euclidean(x: Tensor): Scalar {
  return tf.tidy(() => tf.sqrt(tf.sum<Scalar>(tf.square(x))));
}

/**
 * `gradient/<network>.<layer>` for every linear layer's weight and `gradient/<network>` over all
 * parameters.
 */
export async function gradientNorms(
  { role, parameters }: Network,
  { byParameter }: Gradients,
): Promise<StepScalars> {
  const scalars = byParameter.map(euclidean);
  const norms = await readScalars(scalars);
  tf.dispose(scalars);
  const result: StepScalars = {};
  parameters.forEach((parameter, i) => {
    if (isLinear(parameter)) result[`gradient/${role}.${parameter.layer}`] = norms[i];
  });
  return { ...result, [`gradient/${role}`]: Math.hypot(...norms) };
}

/** `sigma/<layer>` of every normalised weight and `weight/<layer>` of every raw one of D. */
export async function weightQuantities(discriminator: Network): Promise<StepScalars> {
  const scalars: Record<string, Scalar> = {};
  for (const { layer, variable, spectralNorm } of discriminator.parameters.filter(isLinear)) {
    if (spectralNorm) scalars[`sigma/${layer}`] = spectralNorm.sigma();
    scalars[`weight/${layer}`] = euclidean(variable);
  }
  return readTagged(scalars);
}

/**
 * `sigmaBar/<layer>`: the exact spectral norm of every normalised weight of D as it is used, W
 * divided by `sigma/<layer>`. 1 where the power iteration has caught up with W.
 *
 * @param quantities of the same step, for the sigmas
 */
export async function normalizedNorms(
  discriminator: Network,
  quantities: Readonly<StepScalars>,
): Promise<StepScalars> {
  const result: StepScalars = {};
  for (const { layer, kind, variable, spectralNorm } of discriminator.parameters.filter(isLinear)) {
    if (!spectralNorm) continue;
    const matrix = tf.tidy(() => asMatrix(kind, variable));
    // Of two orders of the same product the one that every runtime has a fast kernel for.
    const gram = tf.tidy(() => tf.matMul(tf.transpose(matrix), matrix));
    const [data, products, guess] = await Promise.all(
      [matrix, gram, spectralNorm.u].map((tensor: Tensor) => tensor.data<'float32'>()),
    );
    const [, outputs] = matrix.shape;
    tf.dispose([matrix, gram]);
    const norm = weightNorm({ data, outputs, gram: products, guess });
    result[`sigmaBar/${layer}`] = norm / Math.abs(quantities[`sigma/${layer}`]);
  }
  return result;
}

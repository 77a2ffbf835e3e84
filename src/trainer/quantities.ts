import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { DiscriminatorGradients, Gradients } from '../gan/gan';
import type { Network } from '../gan/network';
import { asMatrix, isLinear, type LinearKind, type Parameter } from '../gan/parameter';
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

/** `lambda/<layer>`: λ of eq. 12 of every normalised weight, where the update was asked for it. */
export async function lambdaQuantities({ lambdas }: DiscriminatorGradients): Promise<StepScalars> {
  const values = await readTagged(lambdas);
  return Object.fromEntries(
    Object.entries(values).map(([layer, lambda]) => [`lambda/${layer}`, lambda]),
  );
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
 * What the exact spectral norm of each weight of D tells:
 *
 * - `sigmaBar/<layer>`: that of every normalised weight as it is used, W divided by
 *   `sigma/<layer>`. 1 where the power iteration has caught up with W.
 * - `stableRank/<layer>`: ‖W‖_F² / σ(W)² of every weight, how many directions share its size: from
 *   1 to the rank. Left out for a weight of zeros, which has none.
 *
 * @param quantities of the same step, from {@link weightQuantities}
 */
export async function exactQuantities(
  discriminator: Network,
  quantities: Readonly<StepScalars>,
): Promise<StepScalars> {
  const result: StepScalars = {};
  for (const parameter of discriminator.parameters.filter(isLinear)) {
    const { layer, spectralNorm } = parameter;
    const { norm, squares } = await exactNorm(parameter);
    if (spectralNorm) {
      result[`sigmaBar/${layer}`] = norm / Math.abs(quantities[`sigma/${layer}`]);
    }
    if (norm > 0) result[`stableRank/${layer}`] = squares / norm ** 2;
  }
  return result;
}

/** The largest singular value of a raw weight, and the sum of its squares in float64. */
async function exactNorm({
  kind,
  variable,
  spectralNorm,
}: Parameter & { kind: LinearKind }): Promise<{ norm: number; squares: number }> {
  const matrix = tf.tidy(() => asMatrix(kind, variable));
  // Of two orders of the same product the one that every runtime has a fast kernel for.
  const gram = tf.tidy(() => tf.matMul(tf.transpose(matrix), matrix));
  const [, outputs] = matrix.shape;
  const [data, products, guess] = await Promise.all([
    matrix.data<'float32'>(),
    gram.data<'float32'>(),
    spectralNorm?.u.data<'float32'>() ?? new Float32Array(outputs),
  ]);
  tf.dispose([matrix, gram]);
  let squares = 0;
  for (let i = 0; i < data.length; i++) squares += data[i] * data[i];
  return { norm: weightNorm({ data, outputs, gram: products, guess }), squares };
}

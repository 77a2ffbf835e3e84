import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../gan/network';
import { asMatrix, isLinear, type LinearKind, type Parameter } from '../gan/parameter';
import type { StepScalars } from '../gan/trainingStep';
import { weightNorm } from '../spectral/weightNorm';

/**
 * What the exact spectral norm of each weight of D tells:
 *
 * - `sigmaBar/<layer>`: that of every normalised weight as it is used, W divided by
 *   `sigma/<layer>`. 1 where the power iteration has caught up with W.
 * - `stableRank/<layer>`: ‖W‖_F² / σ(W)² of every weight, how many directions share its size: from
 *   1 to the rank. Left out for a weight of zeros, which has none.
 *
 * @param quantities of the same step, with `sigma/<layer>`
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

import type { Scalar } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { DiscriminatorGradients, Gan, Gradients } from './gan';
import type { Network } from './network';
import { euclideanNorm, sumOfSquares } from './ops/sumOfSquares';
import { isLinear } from './parameter';
import type { StepScalars } from './trainingStep';

/** Tagged scalars that are still on the device. */
export type DeviceScalars = Readonly<Record<string, Scalar>>;

/** Reads tagged scalars in one transfer from the device, and frees them. */
export async function readScalars(scalars: DeviceScalars): Promise<StepScalars> {
  const tags = Object.keys(scalars);
  if (tags.length === 0) return {};
  const held = Object.values(scalars);
  const together = tf.tidy(() => tf.stack(held.map((scalar) => tf.reshape(scalar, []))));
  const values = await together.data();
  tf.dispose([together, ...held]);
  return Object.fromEntries(tags.map((tag, i) => [tag, values[i]]));
}

/** {@link readScalars} of several sets, whose tags may be the same, in one transfer. */
export async function readScalarsTogether(sets: readonly DeviceScalars[]): Promise<StepScalars[]> {
  const numbered = sets.flatMap((set, i) =>
    Object.entries(set).map(([tag, scalar]): [string, Scalar] => [`${i} ${tag}`, scalar]),
  );
  const values = await readScalars(Object.fromEntries(numbered));
  return sets.map((set, i) =>
    Object.fromEntries(Object.keys(set).map((tag) => [tag, values[`${i} ${tag}`]])),
  );
}

/** `loss/d`, `score/real` and `score/fake`: what is known of every update of D. */
export function scoresOf({ loss, scoreReal, scoreFake }: DiscriminatorGradients): DeviceScalars {
  return { 'loss/d': loss, 'score/real': scoreReal, 'score/fake': scoreFake };
}

/** `lambda/<layer>`: λ of eq. 12 of every normalised weight, where the update was asked for it. */
export function lambdasOf({ lambdas }: DiscriminatorGradients): DeviceScalars {
  return Object.fromEntries(
    Object.entries(lambdas).map(([layer, lambda]) => [`lambda/${layer}`, lambda]),
  );
}

/**
 * `gradient/<network>.<layer>`: the norm for every linear layer's weight, and
 * `gradient/<network>` over all parameters.
 */
export function gradientNorms(
  { role, parameters }: Network,
  { byParameter }: Gradients,
): DeviceScalars {
  return tf.tidy(() => {
    const squares = byParameter.map(sumOfSquares);
    const norms = parameters.flatMap((parameter, i): [string, Scalar][] =>
      isLinear(parameter)
        ? [[`gradient/${role}.${parameter.layer}`, tf.sqrt<Scalar>(squares[i])]]
        : [],
    );
    const total: Scalar = tf.sqrt(tf.addN(squares));
    return { ...Object.fromEntries(norms), [`gradient/${role}`]: total };
  });
}

/** `sigma/<layer>` of every normalised weight and `weight/<layer>`, the norm of every raw one. */
export function weightNorms(discriminator: Network): DeviceScalars {
  return tf.tidy(() => {
    const scalars: Record<string, Scalar> = {};
    for (const { layer, variable, spectralNorm } of discriminator.parameters.filter(isLinear)) {
      if (spectralNorm) scalars[`sigma/${layer}`] = spectralNorm.sigma();
      scalars[`weight/${layer}`] = euclideanNorm(variable);
    }
    return scalars;
  });
}

/** Tag of {@link sizeOfWeights}, which is looked at and not logged. */
export const ALL_WEIGHTS = 'weights';

/**
 * The sum of the squares of all weights of both players: not finite where one of them is not. A
 * ReLU can hide such a weight from the losses.
 */
export function sizeOfWeights({ discriminator, generator }: Gan): DeviceScalars {
  return tf.tidy(() => {
    const parameters = [...discriminator.parameters, ...generator.parameters];
    const size: Scalar = tf.addN(parameters.map(({ variable }) => sumOfSquares(variable)));
    return { [ALL_WEIGHTS]: size };
  });
}

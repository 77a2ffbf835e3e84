import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LossName } from '../shared/config';

/** Both players' losses of D's outputs [b, 1]; both are minimised. */
export interface GanLoss {
  /** Loss of D on real and generated images. */
  readonly discriminator: (real: Tensor, fake: Tensor) => Scalar;
  /** Loss of G on D's outputs for its images. */
  readonly generator: (fake: Tensor) => Scalar;
}

const raiseFake = (fake: Tensor): Scalar => tf.neg(tf.mean<Scalar>(fake));

/** Eq. 16-17 with the sign turned: E[max(0, 1 - D(x))] + E[max(0, 1 + D(G(z)))]. */
export const hingeLoss: GanLoss = {
  discriminator: (real, fake) =>
    tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))),
  generator: raiseFake,
};

/** The hinge as -E[min(D(x), 1)] + E[max(D(G(z)), -1)]: {@link hingeLoss} minus 2. */
export const hingeClampLoss: GanLoss = {
  discriminator: (real, fake) =>
    tf.sub(tf.mean(tf.maximum(fake, -1)), tf.mean(tf.minimum(real, 1))),
  generator: raiseFake,
};

/** Eq. 15 with G minimising -log D(G(z)): softplus of the logits. */
export const nonSaturatingLoss: GanLoss = {
  discriminator: (real, fake) => tf.add(tf.mean(softplus(tf.neg(real))), tf.mean(softplus(fake))),
  generator: (fake) => tf.mean(softplus(tf.neg(fake))),
};

/** Wasserstein critic: E[D(G(z))] - E[D(x)]. */
export const wassersteinLoss: GanLoss = {
  discriminator: (real, fake) => tf.sub(tf.mean(fake), tf.mean(real)),
  generator: raiseFake,
};

/** log(1 + exp x), written so that no backend overflows: max(x, 0) + log(1 + exp -|x|). */
function softplus(x: Tensor): Tensor {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
}

export const ganLosses: Readonly<Record<LossName, GanLoss>> = {
  hinge: hingeLoss,
  'hinge-clamp': hingeClampLoss,
  'non-saturating': nonSaturatingLoss,
  wasserstein: wassersteinLoss,
};

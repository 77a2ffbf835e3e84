import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gan, Gradients } from '../../../src/gan/gan';
import { hingeLoss } from '../../../src/gan/losses';
import { ownWeights, type Network } from '../../../src/gan/network';
import { readFixture, type NetworkFixture } from '../../fixtures/torch/fixture';
import { hashValues } from '../../fixtures/torch/hashValues';
import { inputsOf, twinOf } from '../../fixtures/torch/twinNetworks';

/**
 * The gradients of both players against central differences of their losses in float64, with u
 * and v fixed and sigma computed anew from the shifted weight.
 *
 * A weight moves by ±STEP along a direction of length about 1. Where a ReLU changes sides within
 * the step, the quotient errs by that unit's part of the slope; such units are about as rare as
 * STEP itself. Rounding leaves some 1e-15 L / STEP = 1e-9 L in a quotient of the loss L, more behind
 * many batch norms.
 */
const STEP = 1e-6;
const TOLERANCE = 1e-6;
const ROUNDING = 1e-8;

describe.each(['cnn-32', 'resnet-32', 'quick-32'])('the gradients of %s', (name) => {
  let gan: Gan;
  let z: tf.Tensor2D;
  let real: tf.Tensor4D;

  beforeAll(() => {
    const fixture = readFixture<NetworkFixture>(name);
    gan = twinOf(fixture);
    ({ z, real } = inputsOf({ ...fixture, batch: 2 }));
  });

  afterAll(() => {
    gan.dispose();
    tf.dispose([z, real]);
  });

  const draw = (): tf.Tensor => gan.generator.forward(z, ownWeights({ moments: 'batch' }));
  const judge = (images: tf.Tensor): tf.Tensor =>
    gan.discriminator.forward(images, ownWeights({ moments: 'batch' }));

  it("of D's loss are its slopes in every raw weight", () => {
    const gradients = gan.discriminatorGradients(real, z);
    const fake = draw();
    expectSlopes(gan.discriminator, gradients, () =>
      hingeLoss.discriminator(judge(real), judge(fake)),
    );
  });

  it("of G's loss are its slopes in every weight", () => {
    const gradients = gan.generatorGradients(z);
    expectSlopes(gan.generator, gradients, () => hingeLoss.generator(judge(draw())));
  });
});

/** Holds the slope of `loss` along one direction for every parameter against its gradient. */
function expectSlopes(network: Network, gradients: Gradients, loss: () => tf.Scalar): void {
  const room = ROUNDING * Math.abs(gradients.loss.dataSync()[0]);
  network.parameters.forEach(({ name, variable }, i) => {
    tf.tidy(() => {
      const gradient = gradients.byParameter[i];
      const direction = directionFor(gradient, i);
      const expected = slope(variable, direction, loss);
      const found = tf.sum(tf.mul(gradient, direction)).dataSync()[0];
      expect(Math.abs(found - expected), `${name}: ${found} for ${expected}`).toBeLessThan(
        TOLERANCE * Math.abs(expected) + room,
      );
    });
  });
}

/** Half along the gradient, so that the slope is not small by chance, and half at random. */
function directionFor(gradient: tf.Tensor, index: number): tf.Tensor {
  const values = Float32Array.from(hashValues(900 + index, gradient.size));
  const random = tf.tensor(values, gradient.shape);
  // A bias whose gradient vanishes has a random direction only.
  const length = tf.maximum(tf.norm(gradient), 1e-9);
  return tf.mul(tf.add(tf.div(gradient, length), tf.div(random, tf.norm(random))), 0.5);
}

/** The central difference of `loss` along a direction from a variable's value, which stays. */
function slope(variable: tf.Variable, direction: tf.Tensor, loss: () => tf.Scalar): number {
  const start = tf.clone(variable);
  const lossAt = (distance: number): number => {
    variable.assign(tf.add(start, tf.mul(direction, distance)));
    return loss().dataSync()[0];
  };
  const difference = lossAt(STEP) - lossAt(-STEP);
  variable.assign(start);
  return difference / (2 * STEP);
}

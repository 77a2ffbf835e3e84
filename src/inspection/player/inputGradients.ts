import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { ownWeights, type Network } from '../../gan/network';

/** Images whose gradients are computed at once; more would take more memory and no less time. */
const BATCH = 64;

/**
 * ‖∇ₓD(x)‖ of each image: the norm of the gradient of D's output by the image, with D's weights
 * normalised as in training. D has no batch norm, so the gradient of the sum over a batch is that of
 * each image.
 *
 * @param images [count, size, size, 3]
 */
export async function inputGradientNorms(
  discriminator: Network,
  images: Float32Array,
): Promise<Float64Array> {
  const [height, width, channels] = discriminator.inputShape;
  const length = height * width * channels;
  const count = images.length / length;
  const norms = new Float64Array(count);
  for (let first = 0; first < count; first += BATCH) {
    const some = images.subarray(first * length, (first + BATCH) * length);
    const ofSome = tf.tidy(() => {
      const x: Tensor4D = tf.tensor4d(some, [some.length / length, height, width, channels]);
      const output = (given: tf.Tensor): tf.Tensor =>
        tf.sum(discriminator.forward(given, ownWeights({ moments: 'batch' })));
      return tf.sqrt(tf.sum(tf.square(tf.grad(output)(x)), [1, 2, 3]));
    });
    norms.set(await ofSome.data(), first);
    ofSome.dispose();
  }
  return norms;
}

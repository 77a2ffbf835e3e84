import type { NamedTensorMap, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormState } from '../gan/layers/batchNorm';
import type { Network } from '../gan/network';
import type { Moments } from '../gan/ops/batchNormalize';
import type { Sampler } from '../gan/sample';
import { STANDING_BATCHES, standingLatents, type LatentSource } from '../gan/standingMoments';
import type { Call } from './compiledStep';
import { IMAGES, LATENTS, momentNames, samplerCalls } from './recordSampler';

/**
 * Draws with the averaged weights as they are in the native variables, and with standing statistics
 * of the moment at which it is made: one call for these, and one for each pass.
 */
export class CompiledSampler implements Sampler {
  private readonly standing: ReadonlyMap<BatchNormState, Moments>;
  private readonly drawing: Call;

  constructor(generator: Network, calls: Readonly<Record<string, Call>>, latents: LatentSource) {
    this.drawing = calls[samplerCalls.draw];
    const batches = Array.from({ length: STANDING_BATCHES }, (_, i) => standingLatents(latents, i));
    const z = tf.tidy(() =>
      tf.concat(
        batches.map((batch) =>
          tf.tensor2d(batch, [batch.length / latents.latentDim, latents.latentDim]),
        ),
      ),
    );
    const found = calls[samplerCalls.standing].predict({ [LATENTS]: z }) as NamedTensorMap;
    z.dispose();
    this.standing = new Map(
      generator.batchNorms.map((norm, i) => {
        const names = momentNames(i);
        return [norm, { mean: found[names.mean], variance: found[names.variance] }];
      }),
    );
  }

  draw(z: Tensor2D): Tensor4D {
    const given: NamedTensorMap = { [LATENTS]: z };
    [...this.standing.values()].forEach(({ mean, variance }, i) => {
      const names = momentNames(i);
      given[names.mean] = mean;
      given[names.variance] = variance;
    });
    const { [IMAGES]: images } = this.drawing.predict(given) as NamedTensorMap;
    return images as Tensor4D;
  }

  moments(norm: BatchNormState): Moments {
    return this.standing.get(norm) as Moments;
  }

  dispose(): void {
    tf.dispose([...this.standing.values()]);
  }
}

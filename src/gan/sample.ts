import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from './gan';
import type { BatchNormState } from './layers/batchNorm';
import type { Network } from './network';
import type { Moments } from './ops/batchNormalize';
import type { Parameter } from './parameter';
import {
  StandingMoments,
  type LatentSource,
  type MomentsByLayer,
  type Weights,
} from './standingMoments';

/** Images drawn in one pass of G. */
export const DRAW_BATCH = 64;

/** A generator ready to draw: which weights and which batch-norm moments it uses. */
export interface Sampler {
  /** [n, latentDim] to images [n, height, width, 3] in [-1, 1]. */
  draw(z: Tensor2D): Tensor4D;
  /** The batch-norm moments in use. */
  moments(state: BatchNormState): Moments;
  dispose(): void;
}

/** Some of the images that are drawn. */
export interface DrawnImages {
  /** Index of the first of them among all. */
  readonly first: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** [count, height, width, 3] in [-1, 1]. */
  readonly data: Float32Array;
}

/**
 * Draws the images of latents [n, latentDim], some at a time. Every pass has the same size, the
 * last one filled up with zeros: kernels may add in another order for another size, and an image
 * should not depend on how many others are drawn.
 */
export async function* drawImages(
  sampler: Sampler,
  latents: Float32Array,
  latentDim: number,
): AsyncGenerator<DrawnImages> {
  const total = latents.length / latentDim;
  for (let first = 0; first < total; first += DRAW_BATCH) {
    const count = Math.min(DRAW_BATCH, total - first);
    const values = new Float32Array(DRAW_BATCH * latentDim);
    values.set(latents.subarray(first * latentDim, (first + count) * latentDim));
    const z = tf.tensor2d(values, [DRAW_BATCH, latentDim]);
    const images = sampler.draw(z);
    const [, height, width, channels] = images.shape;
    const data = (await images.data()) as Float32Array;
    tf.dispose([z, images]);
    yield {
      first,
      count,
      height,
      width,
      data: data.subarray(0, count * height * width * channels),
    };
  }
}

/**
 * What samples are drawn with: the averaged weights with standing statistics, or, without
 * averaging, the raw weights with running statistics as in the official code.
 *
 * @param known standing statistics that were taken of these very weights before; they are freed
 *   with the sampler. Taking them costs four passes of G.
 */
export function createSampler(gan: Gan, latents: LatentSource, known?: MomentsByLayer): Sampler {
  const { generator, average } = gan;
  if (!average) return sampler(generator, (parameter) => parameter.variable, runningMoments);
  const weight = (parameter: Parameter): tf.Tensor => average.of(parameter);
  const standing = known ?? new StandingMoments(generator, weight, latents).take();
  return sampler(
    generator,
    weight,
    (state) => standing.get(state) as Moments,
    () => tf.dispose([...standing.values()]),
  );
}

/** The batch-norm moments that training has averaged for the raw weights. */
export function runningMoments({ mean, variance }: BatchNormState): Moments {
  return { mean, variance };
}

function sampler(
  generator: Network,
  weight: Weights,
  moments: (state: BatchNormState) => Moments,
  dispose: () => void = () => undefined,
): Sampler {
  const draw = (z: Tensor2D): Tensor4D =>
    tf.tidy(() => generator.forward(z, { weight, moments }) as Tensor4D);
  return { draw, moments, dispose };
}

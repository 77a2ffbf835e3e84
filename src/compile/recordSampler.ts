import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { WeightAverage } from '../gan/ema';
import type { Network } from '../gan/network';
import type { Moments } from '../gan/ops/batchNormalize';
import { DRAW_BATCH } from '../gan/sample';
import {
  averageMoments,
  batchMoments,
  STANDING_BATCH_SIZE,
  STANDING_BATCHES,
  type Weights,
} from '../gan/standingMoments';
import { CallInputs } from './callInputs';
import type { Value } from './graph';
import type { RecordedState } from './recordedState';
import type { RecordingBackend } from './recordingBackend';
import type { Signature } from './savedModel';

/** The calls that draw samples with the averaged weights. */
export const samplerCalls = {
  /** The latents of all batches of standing statistics to the moments that they give. */
  standing: 'standing',
  /** The latents of one pass, and such moments, to images. */
  draw: 'draw',
} as const;

/** Name of the latents of both calls, [n, latentDim]. */
export const LATENTS = 'latents';
/** Name of the images that are drawn, [{@link DRAW_BATCH}, height, width, 3]. */
export const IMAGES = 'images';

/** Names of the moments of a generator's batch norms, in their order. */
export function momentNames(index: number): { readonly mean: string; readonly variance: string } {
  return { mean: `mean${index}`, variance: `variance${index}` };
}

/** Records how a generator draws with its averaged weights; see `createSampler`. */
export function recordSampler(
  generator: Network,
  average: WeightAverage,
  backend: RecordingBackend,
  state: RecordedState,
): Record<string, Signature> {
  const weight: Weights = (parameter) => average.of(parameter);
  const [latentDim] = generator.inputShape;
  const valueFor = (tensor: Tensor): Value => backend.valueFor(tensor);

  const standing = new CallInputs(backend, state);
  const latents = standing.tensor(LATENTS, [STANDING_BATCHES * STANDING_BATCH_SIZE, latentDim]);
  const batches = Array.from({ length: STANDING_BATCHES }, (_, i) => {
    const z = tf.slice(latents, [i * STANDING_BATCH_SIZE, 0], [STANDING_BATCH_SIZE, latentDim]);
    return batchMoments(generator, weight, z);
  });
  const averages = averageMoments(batches);
  for (const moments of batches) tf.dispose([...moments.values()]);
  const found = generator.batchNorms.flatMap((norm, i) => {
    const { mean, variance } = averages.get(norm) as Moments;
    const names = momentNames(i);
    return [
      [names.mean, valueFor(mean)],
      [names.variance, valueFor(variance)],
    ];
  });

  const draw = new CallInputs(backend, state);
  const z = draw.tensor(LATENTS, [DRAW_BATCH, latentDim]);
  const given = new Map(
    generator.batchNorms.map((norm, i) => {
      const names = momentNames(i);
      const { shape } = norm.mean;
      const moments = {
        mean: draw.tensor(names.mean, shape),
        variance: draw.tensor(names.variance, shape),
      };
      return [norm, moments];
    }),
  );
  const images = generator.forward(z, { weight, moments: (norm) => given.get(norm) as Moments });
  return {
    [samplerCalls.standing]: {
      inputs: standing.values,
      outputs: Object.fromEntries(found) as Record<string, Value>,
    },
    [samplerCalls.draw]: { inputs: draw.values, outputs: { [IMAGES]: valueFor(images) } },
  };
}

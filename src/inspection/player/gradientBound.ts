import type { Network } from '../../gan/network';
import type { GradientBound, GradientNorms } from '../../shared/inspection';
import { randomPurpose, RandomStream } from '../../shared/random';
import { UserError } from '../../shared/userError';
import { inputGradientNorms } from './inputGradients';
import type { SomeRealImages } from './realImages';

/** Images at which gradients are taken: [count, size, size, 3] in [-1, 1]. */
export interface ProbedImages {
  readonly generated: Float32Array;
  readonly real: SomeRealImages;
  /** Of the places between real and generated images. */
  readonly seed: number;
}

/**
 * The largest ‖∇ₓD(x)‖ at real, generated and mixed images: no Lipschitz constant of D is smaller.
 *
 * @throws UserError where D's weights give gradients that are not finite
 */
export async function gradientBound(
  discriminator: Network,
  { generated, real, seed }: ProbedImages,
): Promise<GradientBound> {
  const length = discriminator.inputShape.reduce((product, side) => product * side, 1);
  const norms = async (images: Float32Array): Promise<GradientNorms> =>
    summaryOf(await inputGradientNorms(discriminator, images));
  const found = { generated: await norms(generated) };
  if ('without' in real) {
    const { largest } = found.generated;
    return { ...found, largest, where: 'generated', withoutReal: real.without };
  }
  const all = {
    ...found,
    real: await norms(real.images),
    between: await norms(mixed(real.images, generated, length, seed)),
  };
  const places = ['real', 'generated', 'between'] as const;
  const where = places.reduce((a, b) => (all[b].largest > all[a].largest ? b : a));
  return { ...all, largest: all[where].largest, where };
}

/**
 * A point on the straight line from each real image to a generated one, uniformly, as WGAN-GP takes
 * them (Gulrajani et al. 2017); as many as there are of the fewer.
 */
function mixed(
  real: Float32Array,
  generated: Float32Array,
  length: number,
  seed: number,
): Float32Array {
  const shares = new RandomStream(seed, randomPurpose.inspectedMix);
  const images = new Float32Array(Math.min(real.length, generated.length));
  for (let at = 0; at < images.length; at += length) {
    const share = shares.uniform();
    for (let i = at; i < at + length; i++) {
      images[i] = share * real[i] + (1 - share) * generated[i];
    }
  }
  return images;
}

function summaryOf(norms: Float64Array): GradientNorms {
  const sum = norms.reduce((total, norm) => total + norm, 0);
  if (!Number.isFinite(sum)) {
    throw new UserError(
      'The gradients of the discriminator are not finite: its weights have diverged; use an earlier checkpoint.',
    );
  }
  const largest = norms.reduce((most, norm) => Math.max(most, norm), 0);
  return { images: norms.length, largest, mean: sum / norms.length };
}

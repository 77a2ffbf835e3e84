import { t } from '@vscode/l10n';
import type { TrainConfig } from '../../../src/shared/config';

/**
 * Why image i of one run and image i of another do not come from the same latent, in one sentence;
 * undefined where they do.
 */
export function whyOtherLatents(
  one: TrainConfig | undefined,
  other: TrainConfig | undefined,
): string | undefined {
  if (!one || !other) return t('Whether both come from the same latents is not known.');
  const differing = [
    ...difference(t('seed'), one.seed, other.seed),
    ...difference(t('latent dimension'), one.network.latentDim, other.network.latentDim),
    ...difference(t('latent distribution'), one.network.latent, other.network.latent),
    ...difference(t('number of samples'), one.samples.count, other.samples.count),
    ...difference(t('architecture'), one.network.architecture, other.network.architecture),
  ];
  if (differing.length === 0) return undefined;
  return t('Not the same latents: {0}.', differing.join(', '));
}

function difference(name: string, one: string | number, other: string | number): string[] {
  return one === other ? [] : [t('{0} {1} and {2}', name, one, other)];
}

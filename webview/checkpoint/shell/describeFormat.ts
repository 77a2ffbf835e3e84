import { t } from '@vscode/l10n';
import type { FileListing, WeightFormat } from '../../../src/shared/inspection';
import { formatCount } from '../../ui/format';

/** Who wrote a file and how, in a few words: `PyTorch, old spectral_norm hook`. */
export function describeFormat(listing: FileListing): string {
  const { own, writer, format } = listing;
  if (own) {
    const { step, config } = own;
    return t('SN-GAN, step {0} of {1}', formatCount(step), formatCount(config.steps));
  }
  const style = normalizationStyle(listing);
  const names = formatNames();
  const made = writer === names[format] ? writer : t('{0}, {1}', writer, names[format]);
  return style === undefined ? made : t('{0}, {1}', made, style);
}

function formatNames(): Readonly<Record<WeightFormat, string>> {
  return {
    safetensors: 'safetensors',
    torch: t('pickled checkpoint'),
    npz: t('.npz archive'),
    npy: t('.npy array'),
    tfjs: t('layers model'),
  };
}

/** How spectral normalisation is kept, as far as the names of the arrays tell. */
function normalizationStyle({ layers }: FileListing): string | undefined {
  const normalized = layers.filter(({ normalization }) => normalization !== 'none');
  if (normalized.length === 0) return t('no spectral normalisation');
  if (normalized.some(({ weight }) => weight.endsWith('weight_orig'))) {
    return t('old spectral_norm hook');
  }
  if (normalized.some(({ weight }) => weight.includes('parametrizations.'))) {
    return t('spectral_norm parametrisation');
  }
  return t('spectral normalisation');
}

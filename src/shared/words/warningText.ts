import { t } from '@vscode/l10n';
import type { Warning } from '../inspection';
import { inDigits, inPercent } from './digits';

/** A warning as a headline with the number, and what it means and what to try. */
export function warningText({ kind, layer, value }: Warning): {
  readonly title: string;
  readonly detail: string;
} {
  switch (kind) {
    case 'nonFinite':
      return {
        title: t('{0}: NaN or infinite values, {1} in all', layer, value),
        detail: t(
          'Training had diverged when this was saved, and nothing more can be said of the layer. Go on from an earlier checkpoint, with a lower learning rate.',
        ),
      };
    case 'collapse':
      return {
        title: t(
          '{0}: {1} of the singular values are below a tenth of the largest',
          layer,
          inPercent(value),
        ),
        detail: t(
          'Far more than in a random weight of this shape: the layer lets through few directions of its input. Such spectra go with generators that lose modes (Liu et al. 2019). Look for missing variety in the samples, and compare with earlier checkpoints.',
        ),
      };
    case 'stale':
      return value < 0
        ? {
            title: t(
              '{0}: sigma is estimated {1} too low; the weight in use has norm {2}',
              layer,
              inPercent(-value),
              inDigits(1 / (1 + value)),
            ),
            detail: t(
              'The power iteration lags behind a weight that changes quickly, or u was saved with other weights. It heals in a few steps of training; if it does not, more power iterations per update or a lower learning rate help.',
            ),
          }
        : {
            title: t(
              '{0}: sigma is estimated {1} too high; the weight in use has norm {2}',
              layer,
              inPercent(value),
              inDigits(1 / (1 + value)),
            ),
            detail: t(
              'An estimate from unit vectors never exceeds sigma, so u or v are not of length 1: perhaps they were averaged, or rounded to few digits.',
            ),
          };
    case 'missingU':
      return {
        title: t('{0}: u was not saved; sigma is taken to be {1}', layer, inDigits(value)),
        detail: t(
          'The layer was normalised in training, but the file lacks the vector that sigma was estimated from. It is taken from an iteration of our own until it stood still; training may have divided by a little less.',
        ),
      };
    case 'operatorNorm':
      return {
        title: t('{0} stretches by up to {1}', layer, inDigits(value)),
        detail: t(
          'Its normalised weight has norm 1 as a matrix, but a convolution applies the matrix at places that overlap, and its norm is larger. That is usual for spectral normalisation, and no reason to change anything: only the product of ones is no bound of the network.',
        ),
      };
    case 'notNormalized':
      return {
        title: t(
          '{0} is not normalised, as other layers are; its norm is {1}',
          layer,
          inDigits(value),
        ),
        detail: t(
          'Every bound of the network grows by that norm. Normalise this layer, too, if the network is to be bounded.',
        ),
      };
  }
}

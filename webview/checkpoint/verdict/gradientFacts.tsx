import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { GradientBound } from '../../../src/shared/inspection';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import type { ShownFile } from '../files';
import { gradientsOf, measureGradients, measurementOf, stopMeasuring } from './gradients';
import { verdictOf } from './bounds';
import { shownNetwork } from './networks';

/** Images of each kind that are looked at first, and then when asked for more. */
const COUNTS = [64, 256, 1024];

/** The button that measures gradients on images, and by what they were met. */
export function Gradients({ file }: { file: ShownFile }): JSX.Element {
  const own = file.listing.value?.own;
  const network = shownNetwork(file);
  if (!own || network?.role !== 'discriminator') {
    return (
      <span class="dim">
        {own ? t('of discriminators only') : t('of checkpoints by SN-GAN only')}
      </span>
    );
  }
  const measurement = measurementOf(file);
  const state = measurement?.asked.state.value;
  const found = gradientsOf(file, verdictOf(file));
  if (state === 'waiting') {
    return (
      <span role="status">
        <Icon name="loading" spin />{' '}
        {t('Looking at 3 × {0} images…', formatCount(measurement?.images ?? 0))}{' '}
        <Link onClick={() => stopMeasuring(file)}>{t('Cancel')}</Link>
      </span>
    );
  }
  const met = measurement?.images ?? found?.generated?.images ?? 0;
  const next = COUNTS.find((count) => count > met);
  return (
    <span class="gradients">
      {found && <Found found={found} />}
      {state === 'refused' && <span class="bad">{measurement?.asked.why.value} </span>}
      {next !== undefined && (
        <Link
          hint={t(
            'Computes the gradient of D by its input at {0} real and {0} generated images and as many between them. This takes about as long as {1} training steps.',
            formatCount(next),
            formatCount(Math.max(1, Math.round((3 * next) / own.config.batch.discriminator))),
          )}
          onClick={() => measureGradients(file, next)}
        >
          {found ? t('Measure on {0} images', formatCount(next)) : t('Measure on images')}
        </Link>
      )}
    </span>
  );
}

function Found({ found }: { found: GradientBound }): JSX.Element {
  const { real, generated, between, withoutReal } = found;
  const kinds = [
    real && { name: t('real'), norms: real },
    generated && { name: t('generated'), norms: generated },
    between && { name: t('between'), norms: between },
  ].filter((kind) => kind !== undefined);
  return (
    <span class="dim">
      {kinds
        .map(({ name, norms }) =>
          t(
            '{0} {1} (mean {2})',
            name,
            formatReading(norms.largest, 3),
            formatReading(norms.mean, 3),
          ),
        )
        .join(', ')}
      {kinds.length > 0 && t('; {0} images each', formatCount(kinds[0].norms.images))}.
      {withoutReal !== undefined && ` ${withoutReal}`}{' '}
    </span>
  );
}

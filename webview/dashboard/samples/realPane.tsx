import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { realAddress } from './addresses';
import { GridBox } from './gridBox';
import { usePicture } from './usePicture';

/** Training images beside the samples, laid out like them. */
export function RealPane({ run }: { readonly run: RunView }): JSX.Element {
  const picture = usePicture(run.hasRealImages ? realAddress(run) : undefined);
  return (
    <figure class="samples-figure">
      <figcaption class="samples-caption">{t('Training images')}</figcaption>
      {run.hasRealImages ? (
        <GridBox picture={picture} file="real.png" label={t('Training images of {0}', run.name)} />
      ) : (
        <p class="samples-note">
          {t(
            'This run has no picture of its training images: it is older than that feature. A run that is begun now keeps one as real.png.',
          )}
        </p>
      )}
    </figure>
  );
}

import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Checkbox } from '../../ui/checkbox';
import { changeSpectrum, view } from '../viewState';

/** How spectra are drawn: scaled, squared, on which axes, with what beside them. */
export function SpectrumChoices(): JSX.Element {
  const { spectrum } = view.preferences.value;
  return (
    <div class="figure-choices" role="group" aria-label={t('How spectra are drawn')}>
      <Checkbox
        label={t('Every layer')}
        checked={spectrum.each}
        onChange={(each) => changeSpectrum({ each })}
      />
      <Checkbox
        label={t('Largest is 1')}
        checked={spectrum.scaled}
        onChange={(scaled) => changeSpectrum({ scaled })}
      />
      <Checkbox
        label={t('Squared')}
        checked={spectrum.squared}
        onChange={(squared) => changeSpectrum({ squared })}
      />
      <Checkbox
        label={t('As used (W̄)')}
        checked={spectrum.normalized && !spectrum.scaled}
        disabled={spectrum.scaled}
        onChange={(normalized) => changeSpectrum({ normalized })}
      />
      <Checkbox
        label={t('Log y')}
        checked={spectrum.logY}
        onChange={(logY) => changeSpectrum({ logY })}
      />
      <Checkbox
        label={t('Log x')}
        checked={spectrum.logX}
        onChange={(logX) => changeSpectrum({ logX })}
      />
      <Checkbox
        label={t('Random matrix')}
        checked={spectrum.random}
        onChange={(random) => changeSpectrum({ random })}
      />
      <Checkbox
        label={t('Circular convolution')}
        checked={spectrum.circular && !spectrum.each}
        disabled={spectrum.each}
        onChange={(circular) => changeSpectrum({ circular })}
      />
    </div>
  );
}

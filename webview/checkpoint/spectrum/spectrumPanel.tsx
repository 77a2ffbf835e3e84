import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { LayerListing } from '../../../src/shared/inspection';
import type { CircularAnswer } from '../../../src/shared/inspectionQuestions';
import { Plot } from '../../figures/plot/plot';
import { Button } from '../../ui/button';
import { send } from '../connection';
import { chosenLayers, networkLayers, shortName } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { figureSaving } from '../figures/saving';
import { NoFigure, Refused, Waiting } from '../figures/states';
import { useAnswers } from '../figures/useAnswers';
import { files } from '../files';
import { view } from '../viewState';
import { EachLayer } from './eachLayer';
import { shownSpectra, withoutCounterpart, type ShownSpectrum } from './shownSpectra';
import { SpectrumChoices } from './spectrumChoices';
import { spectrumSpec } from './spectrumSpec';

const HEIGHT = 340;

/** The singular values of the chosen layers, of all files shown. */
export function SpectrumPanel(): JSX.Element {
  const { each } = view.preferences.value.spectrum;
  const layers = each ? networkLayers.value : chosenLayers.value;
  if (layers.length === 0) {
    return (
      <div class="figure-panel">
        <NoFigure>
          {files.value.at(0)?.listing.value
            ? t('This file has no layer whose singular values could be shown.')
            : t('The spectrum is drawn as soon as the file has been read.')}
        </NoFigure>
      </div>
    );
  }
  const spectra = shownSpectra(layers);
  return (
    <div class="figure-panel">
      <SpectrumChoices />
      {each ? (
        <EachLayer spectra={spectra} layers={layers} />
      ) : (
        <Overlay spectra={spectra} layers={layers} />
      )}
      <Missing spectra={spectra} />
      {withoutCounterpart(layers).map((sentence) => (
        <p key={sentence} class="figure-note">
          {sentence}
        </p>
      ))}
      <Explanations />
    </div>
  );
}

interface OverlayProps {
  readonly spectra: readonly ShownSpectrum[];
  readonly layers: readonly LayerListing[];
}

function Overlay({ spectra, layers }: OverlayProps): JSX.Element {
  const choices = view.preferences.value.spectrum;
  const convolutions = spectra.filter(
    ({ layer, spectrum }) =>
      choices.circular && spectrum && layer.geometry.kind !== 'dense' && !layer.flaw,
  );
  const asked = useAnswers(
    convolutions.map(({ file, layer }) => ({
      file,
      question: { kind: 'circularSpectrum' as const, layer: layer.name },
    })),
  );
  const circular = new Map<string, CircularAnswer>();
  convolutions.forEach(({ key }, i) => {
    const answer = asked[i]?.parts.value.at(0);
    if (answer) circular.set(key, answer);
  });
  const title = titleOf(layers);
  // The curves are made anew only when something that they show has changed.
  const spec = useMemo(
    () => spectrumSpec(title, spectra, choices, { circular }),
    [title, choices, circular.size, spectra.map(identity).join('\n')],
  );
  const waiting = asked.some((one) => one?.state.value === 'waiting');
  return (
    <>
      <Plot
        // Hidden curves and a zoom belong to what they were chosen in.
        key={spectra.map(({ key }) => key).join('\n')}
        spec={spec}
        height={HEIGHT}
        words={[...fileNames(files.value).slice(0, 1), t('spectrum')]}
        exporting={figureSaving()}
      />
      {waiting && <Waiting>{t('Computing the spectrum of the circular convolution …')}</Waiting>}
      {asked.map(
        (one, i) => one?.state.value === 'refused' && <Refused key={i} why={one.why.value} />,
      )}
    </>
  );
}

/** What makes a curve another one. */
function identity({ key, name, divisor, frobenius, spectrum }: ShownSpectrum): string {
  return [key, name, divisor, frobenius, spectrum?.values[0]].join(' ');
}

function titleOf(layerListings: readonly LayerListing[]): string {
  const layers = layerListings.map(shortName);
  return layers.length === 1
    ? t('Singular values of {0}', layers[0])
    : t('Singular values of {0} layers', layers.length);
}

/** Layers whose values are not there yet, and what to do about it. */
function Missing({ spectra }: { readonly spectra: readonly ShownSpectrum[] }): JSX.Element | null {
  const missing = spectra.filter(({ spectrum }) => !spectrum);
  const refusals = [...new Set(missing.flatMap(({ refused }) => refused ?? []))];
  const awaited = missing.filter(({ refused }) => refused === undefined);
  const costly = awaited.filter(({ layer, file }) => layer.costly || !isWorking(file));
  if (missing.length === 0) return null;
  return (
    <>
      {refusals.map((why) => (
        <Refused key={why} why={why} />
      ))}
      {awaited.length > costly.length && <Waiting>{t('Computing singular values …')}</Waiting>}
      {costly.length > 0 && (
        <NoFigure>
          {t('Not computed yet: {0}.', costly.map(({ name }) => name).join('; '))}
          <Button icon="play" onClick={() => compute(costly)}>
            {t('Compute')}
          </Button>
        </NoFigure>
      )}
    </>
  );
}

function isWorking({ state }: ShownSpectrum['file']): boolean {
  const { value } = state;
  return value === undefined || value.kind === 'working';
}

function compute(spectra: readonly ShownSpectrum[]): void {
  for (const file of new Set(spectra.map((shown) => shown.file))) {
    const layers = spectra.filter((shown) => shown.file === file).map(({ layer }) => layer.name);
    send({ type: 'compute', file: file.file, layers });
  }
}

function Explanations(): JSX.Element {
  const { scaled, squared, random, circular, each } = view.preferences.value.spectrum;
  return (
    <>
      <p class="figure-note">
        {scaled && squared
          ? t(
              'Squared and divided by the largest, as in Fig. 3 of the paper. “Small” are values below a tenth of the largest.',
            )
          : t('“Small” are values below a tenth of the largest.')}
      </p>
      {random && (
        <p class="figure-note">
          {t(
            'Grey: what a matrix of the same shape with independent random entries is expected to have (Marchenko and Pastur 1967). A weight that falls faster has concentrated on few directions.',
          )}
        </p>
      )}
      {circular && !each && (
        <p class="figure-note">
          {t(
            'Finely dotted: the convolution itself, wrapped around at the edges (Sedghi, Gupta and Long 2019). It has a value for each channel and pixel; they are spread over the same width.',
          )}
        </p>
      )}
    </>
  );
}

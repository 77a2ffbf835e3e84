import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { LayerListing } from '../../../src/shared/inspection';
import { PAPER_WIDTH } from '../../figures/exporting';
import { FigureCanvas } from '../../figures/figureCanvas';
import { FigureCard } from '../../figures/figureCard';
import { measureIn } from '../../figures/measure';
import { composeSmall } from '../../figures/plot/composeSmall';
import type { PlotSpec } from '../../figures/plot/plotSpec';
import { chartTheme, watchTheme } from '../../figures/theme';
import { formatCount, formatShare } from '../../ui/format';
import { useBoxWidth } from '../../ui/useBoxWidth';
import { shortName } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { figureSaving } from '../figures/saving';
import { files } from '../files';
import { changeSpectrum, view } from '../viewState';
import type { ShownSpectrum } from './shownSpectra';
import { spectrumSpec, valueName } from './spectrumSpec';

export interface EachLayerProps {
  readonly layers: readonly LayerListing[];
  readonly spectra: readonly ShownSpectrum[];
}

/** A small chart for each layer with all files in it, as the paper's Fig. 3; a click opens it. */
export function EachLayer({ layers, spectra }: EachLayerProps): JSX.Element {
  useEffect(watchTheme, []);
  const [host, width] = useBoxWidth();
  const choices = view.preferences.value.spectrum;
  const theme = chartTheme.value;
  const title = t('Singular values of every layer');
  const specs = useMemo(
    () => layers.map((layer, i) => specOf(layer, i, spectra, choices)),
    [choices, spectra.map(stamp).join('\n')],
  );
  const compose = (inTheme: typeof theme, full: number, paper: boolean) =>
    composeSmall(title, specs, {
      width: full,
      theme: inTheme,
      measure: measureIn(inTheme),
      paper,
      valueName: valueName(choices),
    });
  const figure = useMemo(
    () => (width > 0 ? compose(theme, width, false) : undefined),
    [specs, width, theme],
  );
  return (
    <FigureCard
      title={title}
      words={[...fileNames(files.value).slice(0, 1), t('spectra')]}
      exporting={figureSaving()}
      compose={(paper) => compose(paper, Math.max(PAPER_WIDTH, width), true)}
      table={() => ({
        columns: specs.flatMap(({ title: layer, curves }) =>
          curves.map(({ name, ys }) => ({
            name: curves.length > 1 ? `${layer}, ${name}` : layer,
            values: ys,
          })),
        ),
      })}
    >
      <div ref={host} class="small-plots" style={{ height: `${figure?.height ?? 200}px` }}>
        {figure && <FigureCanvas figure={figure} />}
        {figure?.plots.map(({ box }, i) => {
          const layer = layers[i];
          const words = wordsOf(layer, i, spectra);
          return (
            <button
              key={layer.name}
              type="button"
              class="small-plot"
              aria-label={words}
              title={words}
              style={{
                left: `${box.left - 4}px`,
                top: `${box.top - 22}px`,
                width: `${box.width + 8}px`,
                height: `${box.height + 26}px`,
              }}
              onClick={() => {
                view.layers.value = [layer.name];
                changeSpectrum({ each: false });
              }}
            />
          );
        })}
      </div>
    </FigureCard>
  );
}

function specOf(
  layer: LayerListing,
  index: number,
  spectra: readonly ShownSpectrum[],
  choices: Parameters<typeof spectrumSpec>[2],
): PlotSpec {
  const own = spectra
    .filter(({ layerIndex }) => layerIndex === index)
    // In a chart of its own each layer is drawn alike.
    .map((shown) => ({ ...shown, layerIndex: 0, name: fileNames(files.peek())[shown.fileIndex] }));
  const spec = spectrumSpec(shortName(layer), own, choices, { circular: new Map() });
  return {
    ...spec,
    curves: spec.curves.map((curve) =>
      // One entry of the legend is enough for all shapes.
      curve.style.colour === 'muted' ? { ...curve, name: t('random matrix') } : curve,
    ),
    rules: spec.rules?.map((rule) => ({ ...rule, label: '' })) ?? [],
  };
}

function wordsOf(layer: LayerListing, index: number, spectra: readonly ShownSpectrum[]): string {
  const known = spectra.find((shown) => shown.layerIndex === index && shown.spectrum)?.spectrum;
  return known
    ? t(
        '{0}: {1} values, {2} below a tenth of the largest. Show alone',
        shortName(layer),
        formatCount(known.values.length),
        formatShare(known.belowTenth),
      )
    : t('{0}: not computed yet. Show alone', shortName(layer));
}

function stamp({ key, divisor, frobenius, spectrum }: ShownSpectrum): string {
  return [key, divisor, frobenius, spectrum?.values[0]].join(' ');
}

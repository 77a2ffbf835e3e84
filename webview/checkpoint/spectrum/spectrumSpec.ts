import { t } from '@vscode/l10n';
import type { CircularAnswer } from '../../../src/shared/inspectionQuestions';
import { lineDash, lineMark } from '../../figures/palette';
import type { CurveStyle, PlotCurve, PlotSpec } from '../../figures/plot/plotSpec';
import { formatShare } from '../../ui/format';
import type { SpectrumView } from '../viewState';
import { randomSingularValues } from './randomMatrix';
import { scaleSpectrum, spreadOver, thinOut } from './scaling';
import type { ShownSpectrum } from './shownSpectra';

/** Points that a circular spectrum is drawn with; it has one value for each channel and pixel. */
const MOST_POINTS = 1024;
/** Below this share of the largest a value counts as small. */
const SMALL = 0.1;

/** What goes with a spectrum where somebody asked for it. */
export interface SpectrumExtras {
  /** By the key of the spectrum. */
  readonly circular: ReadonlyMap<string, CircularAnswer>;
}

/** The plot of spectra. */
export function spectrumSpec(
  title: string,
  spectra: readonly ShownSpectrum[],
  view: SpectrumView,
  { circular }: SpectrumExtras,
): PlotSpec {
  const compared = new Set(spectra.map(({ fileIndex }) => fileIndex)).size > 1;
  const curves = spectra.flatMap((shown): PlotCurve[] => {
    if (!shown.spectrum) return [];
    const style = styleOf(shown, compared);
    return [
      spectrumCurve(shown, style, view),
      ...circularCurve(shown, circular.get(shown.key), style, view),
      ...randomCurve(shown, spectra, view),
    ];
  });
  const [first] = spectra;
  const single = spectra.length === 1 ? first?.spectrum?.values[0] : undefined;
  return {
    title,
    x: { name: t('Index'), log: view.logX, counts: true },
    y: { name: valueName(view), log: view.logY },
    // What others are compared with lies behind them.
    curves: [...curves.filter(isMain), ...curves.filter((curve) => !isMain(curve))],
    rules: rulesOf(view, single, first?.divisor ?? 1),
  };
}

/** What is drawn upward, in the letters of the paper. */
export function valueName({ squared, scaled, normalized }: SpectrumView): string {
  if (scaled) return squared ? 'σᵢ² / σ₁²' : 'σᵢ / σ₁';
  if (normalized) return squared ? 'σᵢ(W̄)²' : 'σᵢ(W̄)';
  return squared ? 'σᵢ(W)²' : 'σᵢ(W)';
}

function isMain({ style }: PlotCurve): boolean {
  return !style.thin;
}

/** One file: a colour for each layer; several: a colour and a shape for each file. */
function styleOf({ fileIndex, layerIndex }: ShownSpectrum, compared: boolean): CurveStyle {
  const dash = lineDash(layerIndex);
  return compared
    ? { colour: fileIndex, dash, mark: lineMark(fileIndex) }
    : { colour: layerIndex, dash };
}

function spectrumCurve(shown: ShownSpectrum, style: CurveStyle, view: SpectrumView): PlotCurve {
  const { spectrum, key, name } = shown;
  const values = spectrum?.values ?? new Float64Array(0);
  return {
    key,
    name,
    xs: Float64Array.from(values, (_, i) => i + 1),
    ys: scaleSpectrum(values, scalingOf(shown, view)),
    style,
    note: t('{0} small', formatShare(spectrum?.belowTenth ?? 0)),
  };
}

function circularCurve(
  shown: ShownSpectrum,
  answer: CircularAnswer | undefined,
  style: CurveStyle,
  view: SpectrumView,
): PlotCurve[] {
  if (!answer || !view.circular) return [];
  const values = thinOut(answer.values, MOST_POINTS);
  return [
    {
      key: `${shown.key}\ncircular`,
      name: t('{0}, circular', shown.name),
      xs: spreadOver(values.length, shown.spectrum?.values.length ?? 1),
      ys: scaleSpectrum(values, scalingOf(shown, view)),
      style: { colour: style.colour, dash: [2, 2], thin: true },
    },
  ];
}

function randomCurve(
  shown: ShownSpectrum,
  spectra: readonly ShownSpectrum[],
  view: SpectrumView,
): PlotCurve[] {
  if (!view.random || shown.frobenius === undefined) return [];
  const { rows, columns } = shown.layer;
  // Scaled, the shape alone decides: one curve is enough for all files.
  const first = spectra.find((one) => one.layer.rows === rows && one.layer.columns === columns);
  if (view.scaled && first !== shown) return [];
  const values = randomSingularValues(rows, columns, shown.frobenius);
  return [
    {
      key: `${shown.key}\nrandom`,
      name: view.scaled
        ? t('random {0} × {1}', String(rows), String(columns))
        : t('{0}, random', shown.name),
      xs: Float64Array.from(values, (_, i) => i + 1),
      ys: scaleSpectrum(values, scalingOf(shown, view)),
      style: { colour: 'muted', dash: lineDash(2), thin: true },
    },
  ];
}

function scalingOf(
  { divisor }: ShownSpectrum,
  { squared, scaled, normalized }: SpectrumView,
): Parameters<typeof scaleSpectrum>[1] {
  return { squared, scaled, divisor: normalized ? divisor : 1 };
}

/** Where a tenth of the largest lies, if it is one place for all curves. */
function rulesOf(
  { squared, scaled, normalized }: SpectrumView,
  largest: number | undefined,
  divisor: number,
): NonNullable<PlotSpec['rules']> {
  const label = t('a tenth of the largest');
  const top = scaled ? 1 : largest !== undefined && largest / (normalized ? divisor : 1);
  if (top === false || top === 0) return [];
  return [{ y: squared ? (SMALL * top) ** 2 : SMALL * top, label }];
}

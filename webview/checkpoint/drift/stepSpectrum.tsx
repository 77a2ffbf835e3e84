import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DriftAnswer } from '../../../src/shared/inspectionQuestions';
import { Plot } from '../../figures/plot/plot';
import type { PlotCurve, PlotSpec } from '../../figures/plot/plotSpec';
import { formatCount } from '../../ui/format';
import { figureSaving } from '../figures/saving';
import { scaleSpectrum } from '../spectrum/scaling';
import { valueName } from '../spectrum/spectrumSpec';
import { view, type SpectrumView } from '../viewState';
import type { Drift } from './driftData';

const HEIGHT = 340;

export interface StepSpectrumProps {
  readonly drift: Drift;
  readonly at: number;
  /** The step of the file that is shown. */
  readonly own: number;
  readonly name: string;
  readonly words: string;
}

/** The spectrum at the scrubber's step, beside that of the file and of the run's beginning. */
export function StepSpectrum({ drift, at, own, name, words }: StepSpectrumProps): JSX.Element {
  const choices = view.preferences.value.spectrum;
  const spec = useMemo(
    () => stepSpec(name, drift, at, own, choices),
    [name, drift, at, own, choices],
  );
  return (
    <Plot
      spec={spec}
      height={HEIGHT}
      words={[words, name, t('spectrum at a step')]}
      exporting={figureSaving()}
    />
  );
}

function stepSpec(
  name: string,
  { points }: Drift,
  at: number,
  own: number,
  choices: SpectrumView,
): PlotSpec {
  const [first] = points;
  const chosen = points.at(at);
  const others = [first, points.find(({ step }) => step === own)].filter(
    (point, i, all) => point && point !== chosen && all.indexOf(point) === i,
  );
  const curve = (point: DriftAnswer, style: PlotCurve['style']): PlotCurve => ({
    key: style.thin ? `${point.step}` : 'chosen',
    name: t('step {0}', formatCount(point.step)),
    xs: Float64Array.from(point.values, (_, i) => i + 1),
    ys: scaleSpectrum(point.values, {
      ...choices,
      divisor: choices.normalized ? (point.estimate ?? 1) : 1,
    }),
    style,
  });
  return {
    title: t('{0} at the step', name),
    x: { name: t('Index'), log: choices.logX, counts: true },
    y: {
      name: valueName(choices),
      log: choices.logY,
      // The axis stands still while the steps go by.
      include: rangeOf(points, choices),
    },
    curves: [
      ...(chosen ? [curve(chosen, { colour: 0, dash: [] })] : []),
      ...others.flatMap((point, i) =>
        point
          ? [curve(point, { colour: 'muted', dash: i === 0 ? [2, 3] : [8, 4], thin: true })]
          : [],
      ),
    ],
  };
}

function rangeOf(points: readonly DriftAnswer[], choices: SpectrumView): number[] {
  return points.flatMap(({ values, estimate }) => {
    const divisor = choices.normalized ? (estimate ?? 1) : 1;
    if (values.length === 0) return [];
    const ends = Float64Array.of(values[0], values[values.length - 1]);
    return [...scaleSpectrum(ends, { ...choices, divisor })];
  });
}

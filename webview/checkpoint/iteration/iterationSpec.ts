import { t } from '@vscode/l10n';
import type { IterationAnswer, IterationForm } from '../../../src/shared/inspectionQuestions';
import { lineDash, lineMark } from '../../figures/palette';
import type { PlotCurve, PlotSpec } from '../../figures/plot/plotSpec';
import { predictedError, predictedTangent } from './prediction';

/** What each form has found. */
export type Answers = Readonly<Partial<Record<IterationForm, IterationAnswer>>>;

/** Names of the two forms. */
export function formName(form: IterationForm): string {
  return { gram: t('with WᵀW'), alternating: t('u and v in turn') }[form];
}

/** The estimates beside the exact norm, or how far they are from it. */
export function iterationSpec(
  layer: string,
  answers: Answers,
  marked: number,
  error: boolean,
): PlotSpec {
  const known = entriesOf(answers);
  const exact = known.at(0)?.[1].exact;
  const x = { name: t('Iteration'), log: false, counts: true };
  if (error) {
    return {
      title: t('Error of the estimate for {0}', layer),
      x,
      // Down to the rounding of a double, where every iteration ends.
      y: { name: '|σ̂ − σ₁| / σ₁', log: true, decades: 18 },
      curves: [...known.map(errorCurve), ...predictions(known)],
      marked,
    };
  }
  return {
    title: t('Estimate of the norm of {0}', layer),
    x,
    y: { name: 'σ̂', log: false },
    curves: known.map(estimateCurve),
    ...(exact !== undefined && { rules: [{ y: exact, label: t('exact σ₁, by SVD') }] }),
    marked,
  };
}

type Entry = readonly [IterationForm, IterationAnswer];

function entriesOf({ gram, alternating }: Answers): Entry[] {
  return [
    ...(alternating ? [['alternating', alternating] as const] : []),
    ...(gram ? [['gram', gram] as const] : []),
  ].filter(([, { estimates }]) => estimates.length > 0);
}

function estimateCurve([form, { estimates }]: Entry): PlotCurve {
  const index = form === 'gram' ? 1 : 0;
  return {
    key: form,
    name: formName(form),
    xs: iterationsOf(estimates.length),
    ys: estimates,
    // They often lie on each other: both are seen by their dashes and shapes.
    style: { colour: index, dash: lineDash(index), mark: lineMark(index) },
  };
}

function errorCurve(entry: Entry): PlotCurve {
  const [, { estimates, exact }] = entry;
  return {
    ...estimateCurve(entry),
    ys: estimates.map((estimate) => Math.abs(estimate - exact) / exact),
  };
}

function predictions(known: readonly Entry[]): PlotCurve[] {
  return known.flatMap(([form, answer]): PlotCurve[] => {
    const { estimates, startTangent } = answer;
    if (!Number.isFinite(startTangent)) return [];
    const xs = iterationsOf(estimates.length);
    const colour = form === 'gram' ? 1 : 0;
    return [
      {
        key: `${form} predicted`,
        name: t('{0}: predicted at most', formName(form)),
        xs,
        ys: xs.map((at) => predictedError(answer, form, at)),
        style: { colour, dash: [2, 2], thin: true },
      },
      ...(form === 'gram' && known.length > 1
        ? []
        : [
            {
              key: `${form} vector`,
              name: t('{0}: predicted angle of the vector (tangent)', formName(form)),
              xs,
              ys: xs.map((at) => predictedTangent(answer, form, at)),
              style: { colour: 'muted' as const, dash: [8, 4], thin: true },
            },
          ]),
    ];
  });
}

function iterationsOf(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => i + 1);
}

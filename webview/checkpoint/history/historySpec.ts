import { t } from '@vscode/l10n';
import type { HistoryAnswer } from '../../../src/shared/inspectionQuestions';
import { lineDash } from '../../figures/palette';
import type { PlotCurve, PlotSpec } from '../../figures/plot/plotSpec';

/** Charts of what a run logged of its layers, those that it has values for. */
export function historySpecs(answer: HistoryAnswer, marked: number | undefined): PlotSpec[] {
  const names = Object.keys({ ...answer.layers, ...answer.lambdas, ...answer.stableRanks });
  const step = { name: t('Step'), log: false, counts: true };
  const at = marked === undefined ? {} : { marked };
  const specs: PlotSpec[] = [
    {
      title: t('Exact σ(W̄) of each layer'),
      x: step,
      // As in Fig. 9 of the paper, whose axis goes from 0.95 to 1.20.
      y: { name: 'σ(W̄)', log: false, include: [0.98] },
      curves: curvesOf(answer.steps, answer.layers, names),
      band: { min: 1, max: 1.05, label: t('1 to 1.05, as in the paper') },
      ...at,
    },
    {
      title: t('Stable rank of each layer'),
      x: step,
      y: { name: '‖W‖F² / σ²', log: false },
      curves: curvesOf(answer.steps, answer.stableRanks, names),
      ...at,
    },
    {
      title: t('λ of eq. 12 of each layer'),
      x: step,
      y: { name: 'λ', log: false, include: [0] },
      curves: curvesOf(answer.steps, answer.lambdas, names),
      ...at,
    },
  ];
  return specs.filter(({ curves }) => curves.length > 0);
}

/** A curve for each layer that has values; a layer looks alike in all charts. */
function curvesOf(
  steps: Float64Array,
  values: Readonly<Record<string, Float64Array>>,
  names: readonly string[],
): PlotCurve[] {
  return names.flatMap((name, index): PlotCurve[] => {
    const column = values[name] as Float64Array | undefined;
    if (!column) return [];
    // Logged at some of the steps only, values are joined across the others.
    const rows = Array.from(column.keys()).filter((row) => !Number.isNaN(column[row]));
    if (rows.length === 0) return [];
    return [
      {
        key: name,
        name,
        xs: Float64Array.from(rows, (row) => steps[row]),
        ys: Float64Array.from(rows, (row) => column[row]),
        style: { colour: index, dash: lineDash(index) },
      },
    ];
  });
}

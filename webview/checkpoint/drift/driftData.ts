import type { DriftAnswer } from '../../../src/shared/inspectionQuestions';
import type { ValueTable } from '../../figures/valueTable';
import { formatCount } from '../../ui/format';
import { t } from '@vscode/l10n';

/** The spectra of a layer over the steps of its run, as far as they have come. */
export interface Drift {
  /** Ascending; those that could not be read have no values. */
  readonly points: readonly DriftAnswer[];
  readonly done: number;
  readonly total: number;
}

/** Puts the parts of an answer in order; they come as they cover the run best. */
export function driftOf(parts: readonly DriftAnswer[]): Drift {
  const last = parts.at(-1);
  return {
    points: [...parts].sort((a, b) => a.step - b.step),
    done: last?.done ?? 0,
    total: last?.total ?? 0,
  };
}

/** Index of the step nearest to one that was asked for; -1 without steps. */
export function nearestStep(steps: readonly number[], wanted: number): number {
  let best = -1;
  steps.forEach((step, i) => {
    if (best < 0 || Math.abs(step - wanted) < Math.abs(steps[best] - wanted)) best = i;
  });
  return best;
}

/** All singular values: a row for each index, a column for each step. */
export function driftTable({ points }: Drift): ValueTable {
  const rows = Math.max(0, ...points.map(({ values }) => values.length));
  return {
    columns: [
      { name: t('Index'), values: Array.from({ length: rows }, (_, i) => i + 1) },
      ...points.map(({ step, values }) => ({
        name: t('step {0}', formatCount(step)),
        values,
      })),
    ],
  };
}

import { t } from '@vscode/l10n';
import type { Box } from '../../figures/figure';
import { formatReading } from '../../figures/format';
import { columnSpan } from '../../figures/heat/composeHeat';
import type { HeatMap } from '../../figures/heat/heatMap';
import { formatCount } from '../../ui/format';
import type { Drift } from './driftData';

/** A cell that the pointer or the keyboard is on. */
export interface Cell {
  readonly column: number;
  readonly bin: number;
}

/** What is at a cell, in words. */
export function readCell(drift: Drift, heat: HeatMap, { column, bin }: Cell): string {
  const point = drift.points.at(column);
  if (!point) return '';
  const step = formatCount(point.step);
  if (point.flaw !== undefined) return t('Step {0}: {1}', step, point.flaw);
  const index = heat.starts[bin];
  if (index >= point.values.length) return t('Step {0}: no value here', step);
  const value = point.values[index];
  return t(
    'Step {0}, index {1} of {2}: {3}, which is {4} of the largest',
    step,
    formatCount(index + 1),
    formatCount(point.values.length),
    formatReading(value),
    formatReading(value / point.values[0]),
  );
}

/** The cell under the pointer; undefined beside the map. */
export function cellUnder(
  event: {
    readonly clientX: number;
    readonly clientY: number;
    readonly currentTarget: HTMLElement;
  },
  heat: HeatMap,
  box: Box,
): Cell | undefined {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  if (y < box.top || y >= box.top + box.height) return undefined;
  const column = heat.steps.findIndex((_, i) => {
    const [from, to] = columnSpan(heat, i, box);
    return x >= from && x < to;
  });
  const bins = heat.starts.length - 1;
  const rows = heat.starts[bins];
  const row = Math.floor(((y - box.top) / box.height) * rows);
  const bin = heat.starts.findIndex(
    (start, i) => i < bins && row >= start && row < heat.starts[i + 1],
  );
  return column < 0 || bin < 0 ? undefined : { column, bin };
}

import type { Range } from '../figures/scale';
import { booleanOr, fieldsOf, numberOr, oneOf, recordOf, stringsOr } from '../kept/narrowing';
import {
  defaultSamplesView,
  defaultValuesView,
  statistics,
  type SamplesView,
  type ValuesView,
} from './viewState';

/** What a page keeps of its view, as plain data. */
export interface KeptView {
  readonly cursor: number | null;
  readonly zoom: Range | null;
  readonly yZoom: Readonly<Record<string, Range>>;
  readonly samples: SamplesView;
  readonly hiddenRuns: readonly string[];
  readonly values: ValuesView;
  readonly open: Readonly<Record<string, boolean>>;
  readonly scroll: Readonly<Record<string, number>>;
}

/** A view as it was kept, whatever version of the page it is from. */
export function keptViewOf(kept: unknown): KeptView {
  const fields = fieldsOf(kept);
  return {
    cursor: numberOr(fields.cursor, null, 0),
    zoom: rangeOf(fields.zoom),
    yZoom: recordOf(fields.yZoom, (range) => rangeOf(range) ?? undefined),
    samples: samplesOf(fields.samples),
    hiddenRuns: stringsOr(fields.hiddenRuns, []),
    values: valuesOf(fields.values),
    open: recordOf(fields.open, (open) => booleanOr(open, undefined)),
    scroll: recordOf(fields.scroll, (pixels) => numberOr(pixels, undefined, 0)),
  };
}

function rangeOf(kept: unknown): Range | null {
  const { min, max } = fieldsOf(kept);
  const range = { min: numberOr(min, NaN), max: numberOr(max, NaN) };
  return range.min < range.max ? range : null;
}

function samplesOf(kept: unknown): SamplesView {
  const fields = fieldsOf(kept);
  const { key, step } = fieldsOf(fields.beside);
  return {
    run: typeof fields.run === 'string' ? fields.run : null,
    scale: numberOr(fields.scale, defaultSamplesView.scale, 0, 64),
    cell: numberOr(fields.cell, null, 0),
    showReal: booleanOr(fields.showReal, defaultSamplesView.showReal),
    beside: typeof key === 'string' ? { key, step: numberOr(step, null, 0) } : null,
  };
}

function valuesOf(kept: unknown): ValuesView {
  const { tags, statistic, sort } = fieldsOf(kept);
  const { column, descending } = fieldsOf(sort);
  return {
    tags: stringsOr(tags, defaultValuesView.tags),
    statistic: oneOf(statistic, statistics, defaultValuesView.statistic),
    sort: typeof column === 'string' ? { column, descending: booleanOr(descending, false) } : null,
  };
}

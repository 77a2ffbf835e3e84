import { effect } from '@preact/signals';
import type { DashboardState } from '../../src/shared/dashboard';
import { keepState } from './connection';
import { booleanOr, fieldsOf, isRecord, numberOr, recordOf, stringsOr } from './narrowing';
import { shownKeys } from './runs';
import {
  defaultSamplesView,
  defaultValuesView,
  view,
  type Range,
  type SamplesView,
  type ValuesView,
} from './viewState';

/** Little enough that a reload loses nothing one remembers having done. */
const DELAY_MS = 150;

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
  const { tags, sort } = fieldsOf(kept);
  const { column, descending } = fieldsOf(sort);
  return {
    tags: stringsOr(tags, defaultValuesView.tags),
    sort: typeof column === 'string' ? { column, descending: booleanOr(descending, false) } : null,
  };
}

/** Brings the view back as it was; before the first render, so that nothing jumps. */
export function restoreView(state: unknown): void {
  const { view: kept } = fieldsOf(state);
  if (!isRecord(kept)) return;
  const { cursor, zoom, yZoom, samples, hiddenRuns, values, open, scroll } = keptViewOf(kept);
  view.cursor.value = cursor;
  view.zoom.value = zoom;
  view.yZoom.value = yZoom;
  view.samples.value = samples;
  view.hiddenRuns.value = hiddenRuns;
  view.values.value = values;
  view.open.value = open;
  view.scroll.value = scroll;
}

/** Keeps the view after every change, until the returned function is called. */
export function followView(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: DashboardState | undefined;
  const keepNow = (): void => {
    clearTimeout(timer);
    if (waiting) keepState(waiting);
    waiting = undefined;
  };
  window.addEventListener('pagehide', keepNow);
  return effect(() => {
    const kept: KeptView = {
      cursor: view.cursor.value,
      zoom: view.zoom.value,
      yZoom: view.yZoom.value,
      samples: view.samples.value,
      hiddenRuns: view.hiddenRuns.value,
      values: view.values.value,
      open: view.open.value,
      scroll: view.scroll.value,
    };
    waiting = { keys: shownKeys.value, view: kept };
    clearTimeout(timer);
    timer = setTimeout(keepNow, DELAY_MS);
  });
}

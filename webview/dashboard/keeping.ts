import { effect } from '@preact/signals';
import type { DashboardState } from '../../src/shared/dashboard';
import { keepState, send } from './connection';
import { keptViewOf, type KeptView } from './keptView';
import { fieldsOf, isRecord } from '../kept/narrowing';
import { preferencesOf } from './preferences';
import { shownKeys } from './runs';
import { view } from './viewState';

/** Little enough that a reload loses nothing one remembers having done. */
const VIEW_DELAY_MS = 150;
/** Long enough for a slider to come to rest. */
const PREFERENCES_DELAY_MS = 400;

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
    timer = setTimeout(keepNow, VIEW_DELAY_MS);
  });
}

/** Takes over what `init` brought and from now on tells the extension of every change. */
export function followPreferences(kept: unknown): () => void {
  const before = preferencesOf(kept);
  view.preferences.value = before;
  let told = before;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return effect(() => {
    const preferences = view.preferences.value;
    clearTimeout(timer);
    if (preferences === told) return;
    timer = setTimeout(() => {
      told = preferences;
      send({ type: 'preferences', preferences });
    }, PREFERENCES_DELAY_MS);
  });
}

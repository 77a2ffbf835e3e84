import { followPreferences, followState } from '../kept/following';
import { fieldsOf, isRecord } from '../kept/narrowing';
import { keepState, send } from './connection';
import { keptViewOf, type KeptView } from './keptView';
import { preferencesOf } from './preferences';
import { shownKeys } from './runs';
import { view } from './viewState';

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

/**
 * From now on keeps the view and the runs that it is of, and tells the extension of changed
 * preferences, until the returned function is called.
 *
 * @param kept the preferences that `init` brought
 */
export function followChanges(kept: unknown): () => void {
  const stopPreferences = followPreferences(view.preferences, preferencesOf(kept), (preferences) =>
    send({ type: 'preferences', preferences }),
  );
  const stopState = followState(() => ({ keys: shownKeys.value, view: viewNow() }), keepState);
  return () => {
    stopPreferences();
    stopState();
  };
}

function viewNow(): KeptView {
  return {
    cursor: view.cursor.value,
    zoom: view.zoom.value,
    yZoom: view.yZoom.value,
    samples: view.samples.value,
    hiddenRuns: view.hiddenRuns.value,
    values: view.values.value,
    open: view.open.value,
    scroll: view.scroll.value,
  };
}

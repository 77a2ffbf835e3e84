import { fieldsOf, isRecord } from '../../kept/narrowing';
import { followPreferences, followState } from '../../kept/following';
import { keepState, send } from '../connection';
import { files } from '../files';
import { view } from '../viewState';
import { keptViewOf, type KeptView } from './keptView';
import { preferencesOf } from './preferences';

/** Brings the view back as it was; before the first render, so that nothing jumps. */
export function restoreView(state: unknown): void {
  const { view: kept } = fieldsOf(state);
  if (!isRecord(kept)) return;
  const { panel, network, layers, step, table, generated, open, scroll } = keptViewOf(kept);
  view.panel.value = panel;
  view.network.value = network;
  view.layers.value = layers;
  view.step.value = step;
  view.table.value = table;
  view.generated.value = generated;
  view.open.value = open;
  view.scroll.value = scroll;
}

/**
 * From now on keeps the view and the other files that are shown, and tells the extension of changed
 * preferences, until the returned function is called.
 *
 * @param kept the preferences that `init` brought
 */
export function followChanges(kept: unknown): () => void {
  const stopPreferences = followPreferences(view.preferences, preferencesOf(kept), (preferences) =>
    send({ type: 'preferences', preferences }),
  );
  const stopState = followState(() => {
    const others = files.value.slice(1).map(({ file }) => file);
    return { others, view: viewNow() };
  }, keepState);
  return () => {
    stopPreferences();
    stopState();
  };
}

function viewNow(): KeptView {
  return {
    panel: view.panel.value,
    network: view.network.value,
    layers: view.layers.value,
    step: view.step.value,
    table: view.table.value,
    generated: view.generated.value,
    open: view.open.value,
    scroll: view.scroll.value,
  };
}

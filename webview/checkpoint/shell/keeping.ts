import { effect } from '@preact/signals';
import type { CheckpointPageState } from '../../../src/shared/checkpointPage';
import { fieldsOf, isRecord } from '../../kept/narrowing';
import { keepState, send } from '../connection';
import { files } from '../files';
import { view } from '../viewState';
import { keptViewOf, type KeptView } from './keptView';
import { preferencesOf } from './preferences';

/** Little enough that a reload loses nothing one remembers having done. */
const VIEW_DELAY_MS = 150;
/** Long enough for a slider to come to rest. */
const PREFERENCES_DELAY_MS = 400;

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

/** Keeps the view after every change, until the returned function is called. */
export function followView(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: CheckpointPageState | undefined;
  const keepNow = (): void => {
    clearTimeout(timer);
    if (waiting) keepState(waiting);
    waiting = undefined;
  };
  window.addEventListener('pagehide', keepNow);
  return effect(() => {
    const kept: KeptView = {
      panel: view.panel.value,
      network: view.network.value,
      layers: view.layers.value,
      step: view.step.value,
      table: view.table.value,
      generated: view.generated.value,
      open: view.open.value,
      scroll: view.scroll.value,
    };
    const others = files.value.slice(1).map(({ file }) => file);
    waiting = { others, view: kept };
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

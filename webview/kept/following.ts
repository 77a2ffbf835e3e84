import { effect, type Signal } from '@preact/signals';

/** Little enough that a reload loses nothing one remembers having done. */
const STATE_DELAY_MS = 150;
/** A slider that moves tells of itself this often; whatever is changed once is told at once. */
const PREFERENCES_INTERVAL_MS = 150;

/**
 * Keeps a page's state soon after every change of what it is made from, until the returned function
 * is called; at once when the page goes.
 *
 * @param stateNow reads the signals that the state is made from
 */
export function followState<State>(
  stateNow: () => State,
  keep: (state: State) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly state: State } | undefined;
  const keepNow = (): void => {
    clearTimeout(timer);
    if (waiting) keep(waiting.state);
    waiting = undefined;
  };
  window.addEventListener('pagehide', keepNow);
  return effect(() => {
    waiting = { state: stateNow() };
    clearTimeout(timer);
    timer = setTimeout(keepNow, STATE_DELAY_MS);
  });
}

/**
 * Takes over the preferences that were kept, and from now on tells of those that were changed,
 * until the returned function is called: at once, since the window may go the moment after, but of
 * many changes in a row only so often, and of the last one always.
 */
export function followPreferences<Preferences>(
  preferences: Signal<Preferences>,
  kept: Preferences,
  tell: (preferences: Preferences) => void,
): () => void {
  preferences.value = kept;
  let told = kept;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const tellNow = (): void => {
    pause = undefined;
    const now = preferences.peek();
    if (now === told) return;
    told = now;
    pause = setTimeout(tellNow, PREFERENCES_INTERVAL_MS);
    tell(now);
  };
  const stop = effect(() => {
    if (preferences.value !== told && pause === undefined) tellNow();
  });
  return () => {
    stop();
    clearTimeout(pause);
  };
}

import { config } from '@vscode/l10n';
import { signal } from '@preact/signals';
import type { ToDashboard } from '../../src/shared/dashboard';
import { followChanges } from './keeping';
import { shownKeys } from './runs';
import { defaultSamplesView, view } from './viewState';

/** Whether the extension has answered; before it did, not even the language is known. */
export const started = signal(false);

let stopFollowing: (() => void) | undefined;

/**
 * Takes in the answer to `ready`: language, preferences and what is shown. The view that was
 * restored stays where it was made for this run.
 *
 * @param restoredFor the runs that the restored view was kept for
 */
export function hearStart(message: ToDashboard, restoredFor: readonly string[]): void {
  if (message.type !== 'init') return;
  stopFollowing?.();
  config({ contents: message.translations ?? {} });
  if (restoredFor.length > 0 && restoredFor[0] !== shownKeys.value[0]) forgetPlaces();
  stopFollowing = followChanges(message.preferences);
  started.value = true;
}

/** Steps and ranges of one run mean nothing in another. */
function forgetPlaces(): void {
  view.cursor.value = null;
  view.zoom.value = null;
  view.yZoom.value = {};
  view.samples.value = defaultSamplesView;
}

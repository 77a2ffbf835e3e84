import { config } from '@vscode/l10n';
import { signal } from '@preact/signals';
import type { ToDashboard } from '../../src/shared/dashboard';
import { keeping } from './keeping';
import { shownKeys } from './runs';
import { defaultSamplesView, view } from './viewState';

/** Whether the extension has answered; before it did, not even the language is known. */
export const started = signal(false);

/**
 * Takes in the answer to `ready`: language, preferences and what is shown. The view that was
 * restored stays where it was made for this run.
 *
 * @param restoredFor the runs that the restored view was kept for
 */
export function hearStart(message: ToDashboard, restoredFor: readonly string[]): void {
  if (message.type !== 'init') return;
  config({ contents: message.translations ?? {} });
  if (restoredFor.length > 0 && restoredFor[0] !== shownKeys.value[0]) forgetPlaces();
  keeping.follow(message.preferences);
  started.value = true;
}

/** Steps and ranges of one run mean nothing in another. */
function forgetPlaces(): void {
  view.cursor.value = null;
  view.zoom.value = null;
  view.yZoom.value = {};
  view.samples.value = defaultSamplesView;
}

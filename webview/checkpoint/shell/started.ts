import { signal } from '@preact/signals';
import { config } from '@vscode/l10n';
import type { ToCheckpointPage } from '../../../src/shared/checkpointPage';
import { followChanges } from './keeping';

/** Whether the extension has answered; before it did, not even the language is known. */
export const started = signal(false);

let stopFollowing: (() => void) | undefined;

/** Takes in the answer to `ready`: language and preferences. */
export function hearStart(message: ToCheckpointPage): void {
  if (message.type !== 'init') return;
  stopFollowing?.();
  config({ contents: message.translations ?? {} });
  stopFollowing = followChanges(message.preferences);
  started.value = true;
}

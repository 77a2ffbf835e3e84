import { signal } from '@preact/signals';
import { config } from '@vscode/l10n';
import type { ToCheckpointPage } from '../../../src/shared/checkpointPage';
import { keeping } from './keeping';

/** Whether the extension has answered; before it did, not even the language is known. */
export const started = signal(false);

/** Takes in the answer to `ready`: language and preferences. */
export function hearStart(message: ToCheckpointPage): void {
  if (message.type !== 'init') return;
  config({ contents: message.translations ?? {} });
  keeping.follow(message.preferences);
  started.value = true;
}

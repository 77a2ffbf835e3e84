import path from 'node:path';
import { t } from '@vscode/l10n';
import type { ControlCommand } from '../../shared/control';

/** What is being waited for. */
export function describeCommand(command: ControlCommand, run: string): string {
  switch (command) {
    case 'pause':
      return t('Pausing {0} after this step…', run);
    case 'resume':
      return t('Resuming {0}…', run);
    case 'stop':
      return t('Saving a checkpoint of {0} and stopping…', run);
    case 'checkpoint':
      return t('Saving a checkpoint of {0}…', run);
    case 'sample':
      return t('Drawing samples of {0}…', run);
    case 'exactEvery':
      return t('Changing how often exact norms of {0} are computed…', run);
  }
}

/**
 * What was done; undefined where the run's state or the dashboard, which show it, say it.
 *
 * @param detail the trainer's answer: the path of what was made
 */
export function describeDone(
  command: ControlCommand,
  run: string,
  detail: string,
): string | undefined {
  switch (command) {
    case 'pause':
    case 'resume':
    case 'exactEvery':
      return undefined;
    case 'stop':
      return t('{0} has stopped.', run);
    case 'checkpoint':
      return t('Saved {0}.', path.basename(detail));
    case 'sample':
      return t('Drew {0}.', path.basename(detail));
  }
}

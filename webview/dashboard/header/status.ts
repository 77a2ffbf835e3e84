import { t } from '@vscode/l10n';
import type { RunView } from '../../../src/shared/dashboard';
import type { IconName } from '../../ui/icon';

/** How a run's state is shown: an icon, a word, and a kind that gives the icon its colour. */
export interface StatusSign {
  readonly icon: IconName;
  readonly word: string;
  readonly kind: 'busy' | 'waiting' | 'good' | 'neutral' | 'bad';
  /** Of an icon that turns. */
  readonly spin?: boolean;
}

/** The sign of what a run is doing. */
export function statusSign({ status, identity }: RunView): StatusSign {
  switch (status) {
    case 'running':
      return identity.state === 'starting'
        ? { icon: 'loading', word: t('Starting'), kind: 'busy', spin: true }
        : { icon: 'play-circle', word: t('Running'), kind: 'busy' };
    case 'paused':
      return { icon: 'debug-pause', word: t('Paused'), kind: 'waiting' };
    case 'finished':
      return { icon: 'pass', word: t('Finished'), kind: 'good' };
    case 'stopped':
      return { icon: 'circle-slash', word: t('Stopped'), kind: 'neutral' };
    case 'failed':
      return { icon: 'error', word: t('Failed'), kind: 'bad' };
    case 'dead':
      return { icon: 'debug-disconnect', word: t('Ended without notice'), kind: 'bad' };
    case 'elsewhere':
      return { icon: 'remote', word: t('Running on another machine'), kind: 'busy' };
  }
}

import { t } from '@vscode/l10n';
import type { NetworkVerdict } from '../../../src/shared/inspection';
import type { IconName } from '../../ui/icon';

/** A verdict for those who glance. */
export interface VerdictSign {
  readonly icon: IconName;
  readonly kind: 'good' | 'bad' | 'warning' | 'open';
  /** Whether the network is 1-Lipschitz, in a word or two. */
  readonly word: string;
}

/** What to show beside a verdict, whose sentence says the same in full. */
export function signOf({ upper, tightUpper, lower }: NetworkVerdict, works: boolean): VerdictSign {
  // Rounding that no claim depends on, as in the sentence.
  const most = 1 + 1e-9;
  if (upper !== null && upper <= most) return { icon: 'pass', kind: 'good', word: t('yes') };
  if (lower && lower.largest > 1) return { icon: 'error', kind: 'bad', word: t('no') };
  if (upper !== null && tightUpper !== null) {
    return tightUpper <= most
      ? { icon: 'pass', kind: 'good', word: t('by its true norms') }
      : { icon: 'warning', kind: 'warning', word: t('not guaranteed') };
  }
  return { icon: works ? 'ellipsis' : 'question', kind: 'open', word: t('not known') };
}

import { t } from '@vscode/l10n';
import type { Certainty } from '../../../src/shared/inspection';

/** How far a number can be relied on, as short as it stands beside the number. */
export function certaintyWord(certainty: Certainty): string {
  switch (certainty) {
    case 'exact':
      return t('exact');
    case 'estimate':
      return t('estimate');
    case 'lowerBound':
      return t('lower bound');
    case 'upperBound':
      return t('upper bound');
  }
}

import { t } from '@vscode/l10n';
import type { XAxis } from '../viewState';

/** What an x axis counts. */
export function axisName(axis: XAxis): string {
  return { step: t('Step'), relative: t('Time since the start'), wall: t('Time of day') }[axis];
}

import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatCount } from '../../ui/format';
import { view } from '../viewState';
import { formatQuantity } from './quantities';
import type { Reading } from './readings';

export interface ReadingCellProps {
  readonly name: string;
  readonly reading: Reading | undefined;
  /** Whether the step is worth going to: that of the newest value is where one is. */
  readonly withStep: boolean;
  /** Ahead of the other runs. */
  readonly leads?: boolean;
}

/** A value in a table; of one that was found somewhere in the run, with the way to its step. */
export function ReadingCell({ name, reading, withStep, leads }: ReadingCellProps): JSX.Element {
  if (!reading) {
    return (
      <td class="number">
        <span class="dim">–</span>
      </td>
    );
  }
  const { value, step } = reading;
  return (
    <td class={leads ? 'number leads' : 'number'}>
      {formatQuantity(name, value)}
      {leads && <span class="visually-hidden"> ({t('best of the runs')})</span>}
      {withStep && (
        <button
          type="button"
          class="link step-link"
          aria-label={t('Go to step {0}', formatCount(step))}
          onClick={() => {
            view.cursor.value = step;
          }}
        >
          {t('at {0}', formatCount(step))}
        </button>
      )}
    </td>
  );
}

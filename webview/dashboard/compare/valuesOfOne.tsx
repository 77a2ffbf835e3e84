import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatCount } from '../../ui/format';
import { labelOf, type Quantity } from './quantities';
import { ReadingCell } from './readingCell';
import type { RunReadings } from './sortRuns';

export interface ValuesOfOneProps {
  readonly row: RunReadings;
  readonly quantities: readonly Quantity[];
  readonly cursor: number | null;
}

/** One run: a line for every quantity. */
export function ValuesOfOne({ row, quantities, cursor }: ValuesOfOneProps): JSX.Element {
  return (
    <table class="compare-table">
      <thead>
        <tr>
          <th scope="col">{t('Value')}</th>
          <th scope="col" class="number">
            {t('Last')}
          </th>
          <th scope="col" class="number">
            {t('Best')}
          </th>
          <th scope="col" class="number">
            {cursor === null ? t('At cursor') : t('At step {0}', formatCount(cursor))}
          </th>
        </tr>
      </thead>
      <tbody>
        {quantities.map(({ name }, i) => {
          const { last, best, atCursor } = row.readings[i];
          return (
            <tr key={name}>
              <th scope="row">{labelOf(name)}</th>
              <ReadingCell name={name} reading={last} withStep={false} />
              <ReadingCell name={name} reading={best} withStep />
              <ReadingCell name={name} reading={atCursor} withStep={false} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

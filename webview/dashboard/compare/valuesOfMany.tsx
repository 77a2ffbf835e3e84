import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { directionOf, nextSort, SortHeader } from '../../ui/sortHeader';
import { view } from '../viewState';
import { labelOf, type Quantity } from './quantities';
import { ReadingCell } from './readingCell';
import { RunName } from './runName';
import { leaders, RUN_COLUMN, sortRuns, type RunReadings } from './sortRuns';

export interface ValuesOfManyProps {
  readonly rows: readonly RunReadings[];
  readonly quantities: readonly Quantity[];
}

/** Several runs: a line for each, a column for every quantity. */
export function ValuesOfMany({ rows, quantities }: ValuesOfManyProps): JSX.Element {
  const { statistic, sort } = view.values.value;
  const leading = quantities.map((quantity, i) => leaders(rows, i, quantity, statistic));
  return (
    <table class="compare-table">
      <thead>
        <tr>
          <SortableHead column={RUN_COLUMN} label={t('Run')} />
          {quantities.map(({ name }) => (
            <SortableHead key={name} column={name} label={labelOf(name)} />
          ))}
        </tr>
      </thead>
      <tbody>
        {sortRuns(rows, quantities, statistic, sort).map(({ run, index, readings }) => (
          <tr key={run.key}>
            <th scope="row">
              <RunName run={run} index={index} />
            </th>
            {quantities.map(({ name }, i) => (
              <ReadingCell
                key={name}
                name={name}
                reading={readings[i][statistic]}
                withStep={statistic === 'best'}
                leads={leading[i].has(run)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SortableHead({ column, label }: { column: string; label: string }): JSX.Element {
  const { sort } = view.values.value;
  return (
    <SortHeader
      direction={directionOf(sort, column)}
      numeric={column !== RUN_COLUMN}
      onClick={() => {
        const values = view.values.peek();
        view.values.value = { ...values, sort: nextSort(values.sort, column) };
      }}
    >
      {label}
    </SortHeader>
  );
}

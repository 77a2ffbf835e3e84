import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Icon } from '../../ui/icon';
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

/** A head that sorts: upwards, downwards, not at all. */
function SortableHead({ column, label }: { column: string; label: string }): JSX.Element {
  const { sort } = view.values.value;
  const direction = sort?.column !== column ? 'none' : sort.descending ? 'down' : 'up';
  const next = {
    none: { column, descending: false },
    up: { column, descending: true },
    down: null,
  }[direction];
  return (
    <th
      scope="col"
      class={column === RUN_COLUMN ? '' : 'number'}
      aria-sort={({ none: 'none', up: 'ascending', down: 'descending' } as const)[direction]}
    >
      <button
        type="button"
        onClick={() => {
          view.values.value = { ...view.values.peek(), sort: next };
        }}
      >
        {label}
        {direction !== 'none' && <Icon name={direction === 'up' ? 'arrow-up' : 'arrow-down'} />}
      </button>
    </th>
  );
}

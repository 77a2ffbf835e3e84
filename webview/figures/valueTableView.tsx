import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../ui/format';
import { PageTurner, ROWS_OF_PAGE } from './pageTurner';
import { rowsOf, type ValueTable } from './valueTable';

export interface ValueTableViewProps {
  readonly title: string;
  readonly table: ValueTable;
}

/** What a figure shows, as a table that turns its pages. */
export function ValueTableView({ title, table }: ValueTableViewProps): JSX.Element {
  const [turned, setPage] = useState(0);
  const rows = rowsOf(table);
  const pages = Math.max(1, Math.ceil(rows / ROWS_OF_PAGE));
  const page = Math.min(turned, pages - 1);
  const from = page * ROWS_OF_PAGE;
  const to = Math.min(rows, from + ROWS_OF_PAGE);
  return (
    <div class="data-table">
      <PageTurner page={page} rows={rows} onTurn={setPage} />
      <div class="data-table-scroll" tabIndex={0} role="group" aria-label={t('Rows')}>
        <table aria-label={t('{0}: values', title)}>
          <thead>
            <tr>
              {table.columns.map(({ name }, i) => (
                <th key={i} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: to - from }, (_, i) => (
              <tr key={from + i}>
                {table.columns.map(({ values }, column) =>
                  column === 0 ? (
                    <th key={column} scope="row">
                      {shown(values[from + i])}
                    </th>
                  ) : (
                    <td key={column}>{shown(values[from + i])}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** More digits than anybody reads, fewer than make columns too wide; files have all. */
function shown(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(9)));
}

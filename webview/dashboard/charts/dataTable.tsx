import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PageTurner, ROWS_OF_PAGE } from '../../figures/pageTurner';
import { Dropdown } from '../../ui/dropdown';
import { formatCount } from '../../ui/format';
import type { ShownRun } from '../runs';
import { view } from '../viewState';
import { rowOfStep } from './cursor';
import { formatMoment } from './format';
import type { ChartSpec } from './groups';

export interface DataTableProps {
  readonly spec: ChartSpec;
  /** Those that are drawn. */
  readonly runs: readonly ShownRun[];
}

/** What a chart shows, as numbers: the rows around the cursor, as they were logged. */
export function DataTable({ spec, runs }: DataTableProps): JSX.Element | null {
  const [key, setKey] = useState<string>();
  const run: ShownRun | undefined = runs.find((one) => one.key === key) ?? runs[0];
  if (!run) return null;
  return (
    <div class="data-table">
      <RunTable key={run.key} spec={spec} run={run}>
        {runs.length > 1 && (
          <Dropdown
            label={t('Run in the table')}
            value={run.key}
            options={runs.map((one) => ({ value: one.key, label: one.view.value.name }))}
            onChange={setKey}
          />
        )}
      </RunTable>
    </div>
  );
}

interface RunTableProps {
  readonly spec: ChartSpec;
  readonly run: ShownRun;
  /** Before the buttons that turn the page. */
  readonly children: JSX.Element | false;
}

function RunTable({ spec, run, children }: RunTableProps): JSX.Element {
  // Pages away from the one with the cursor; a cursor that moves takes the table along.
  const [turned, setTurned] = useState({ pages: 0, cursor: view.cursor.peek() });
  const box = useRef<HTMLDivElement>(null);
  void run.revision.value;
  const { columns } = run;
  const cursor = view.cursor.value;
  const marked = cursor === null ? columns.length - 1 : Math.max(0, rowOfStep(run, cursor));
  const home = Math.floor(marked / ROWS_OF_PAGE);
  const pages = Math.ceil(columns.length / ROWS_OF_PAGE);
  const asked = turned.cursor === cursor ? home + turned.pages : home;
  const page = Math.max(0, Math.min(pages - 1, asked));
  const from = page * ROWS_OF_PAGE;
  const to = Math.min(columns.length, from + ROWS_OF_PAGE);
  useLayoutEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('[aria-current]');
    // Not scrollIntoView, which would scroll the page as well.
    if (box.current && row) box.current.scrollTop = row.offsetTop - box.current.clientHeight / 2;
  }, [cursor, page]);
  return (
    <>
      <PageTurner
        page={page}
        rows={columns.length}
        onTurn={(next) => setTurned({ pages: next - home, cursor })}
      >
        {children}
      </PageTurner>
      <div ref={box} class="data-table-scroll" tabIndex={0} role="group" aria-label={t('Rows')}>
        <table aria-label={t('{0}: values as logged', spec.title)}>
          <thead>
            <tr>
              <th scope="col">{t('Step')}</th>
              <th scope="col">{t('Time')}</th>
              {spec.tags.map(({ tag, label }) => (
                <th key={tag} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: to - from }, (_, i) => (
              <Row
                key={from + i}
                run={run}
                row={from + i}
                spec={spec}
                marked={cursor !== null && from + i === marked}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface RowProps {
  readonly run: ShownRun;
  readonly row: number;
  readonly spec: ChartSpec;
  readonly marked: boolean;
}

function Row({ run, row, spec, marked }: RowProps): JSX.Element {
  const { columns } = run;
  const step = columns.steps[row];
  return (
    <tr aria-current={marked ? 'true' : undefined}>
      <th scope="row">
        <button type="button" class="link" onClick={() => (view.cursor.value = step)}>
          {formatCount(step)}
        </button>
      </th>
      <td>{formatMoment(columns.times[row])}</td>
      {spec.tags.map(({ tag }) => (
        <td key={tag}>{exact(columns.values(tag)?.[row])}</td>
      ))}
    </tr>
  );
}

/** All digits that a number of 32 bits has. */
function exact(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(Number(value.toPrecision(7)));
}

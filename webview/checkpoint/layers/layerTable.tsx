import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { directionOf, nextSort, SortHeader } from '../../ui/sortHeader';
import { chosenLayers } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { files } from '../files';
import { view } from '../viewState';
import { shownColumns, type LayerColumn } from './columns';
import { LayerTableRow } from './layerTableRow';
import { NAME_COLUMN, type LayerRow } from './rows';
import { actOnRow, moveAlong } from './tableKeys';

/** The layers with their numbers: sorted by the heads, walked through by the arrow keys. */
export function LayerTable({ rows }: { rows: readonly LayerRow[] }): JSX.Element {
  const columns = shownColumns(view.preferences.value.columns);
  const [active, setActive] = useState<string>();
  const body = useRef<HTMLTableSectionElement>(null);
  const chosen = new Set(chosenLayers.value.map(({ name }) => name));
  const [detailed] = chosenLayers.value;
  const current = rows.find(({ key }) => key === active) ?? rows[0];
  const several = files.value.length > 1;
  const names = fileNames(files.value);
  const busy = files.value.some(({ state }) => state.value?.kind === 'working');
  const press = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget && !isRow(event.target)) return;
    const next = moveAlong(event, rows.indexOf(current), rows.length);
    if (next !== undefined) {
      setActive(rows[next].key);
      const row = body.current?.rows.item(next);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    } else if (!actOnRow(event, current)) {
      return;
    }
    event.preventDefault();
  };
  return (
    <div class="layer-scroll">
      <table
        class="layer-table"
        role="grid"
        aria-label={t('Layers')}
        aria-multiselectable="true"
        aria-busy={busy}
        aria-describedby="layer-table-keys"
      >
        <Head columns={columns} />
        <tbody ref={body} onKeyDown={press}>
          {rows.map((row) => (
            <LayerTableRow
              key={row.key}
              row={row}
              columns={columns}
              tabIndex={row === current ? 0 : -1}
              selected={row.chosenBy === undefined ? undefined : chosen.has(row.chosenBy)}
              detailed={row.chosenBy !== undefined && row.chosenBy === detailed?.name}
              fileName={several ? names[row.index] : undefined}
              onActive={setActive}
            />
          ))}
        </tbody>
      </table>
      <p id="layer-table-keys" class="visually-hidden">
        {t('Enter shows the details of a layer, Space adds it to the figures.')}
      </p>
    </div>
  );
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLTableRowElement;
}

/** The heads are one stop of the Tab key; the arrow keys go from one to the next. */
function Head({ columns }: { columns: readonly LayerColumn[] }): JSX.Element {
  const { sort } = view.table.value;
  const [stop, setStop] = useState(NAME_COLUMN);
  const heads = [NAME_COLUMN, ...columns.map(({ name }) => name)];
  const reachable = heads.includes(stop) ? stop : NAME_COLUMN;
  const sortBy = (column: string): void => {
    setStop(column);
    view.table.value = { ...view.table.peek(), sort: nextSort(view.table.peek().sort, column) };
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = heads[heads.indexOf(reachable) + step] as string | undefined;
    if (next === undefined) return;
    setStop(next);
    const buttons = (event.currentTarget as HTMLElement).querySelectorAll('button');
    buttons[heads.indexOf(next)].focus();
  };
  return (
    <thead onKeyDown={press}>
      <tr>
        <SortHeader
          class="layer-name"
          direction={directionOf(sort, NAME_COLUMN)}
          tabIndex={reachable === NAME_COLUMN ? 0 : -1}
          onClick={() => sortBy(NAME_COLUMN)}
        >
          {t('Layer')}
        </SortHeader>
        {columns.map(({ name, label, meaning, numeric }) => (
          <SortHeader
            key={name}
            numeric={numeric}
            hint={meaning}
            direction={directionOf(sort, name)}
            tabIndex={reachable === name ? 0 : -1}
            onClick={() => sortBy(name)}
          >
            {label}
          </SortHeader>
        ))}
      </tr>
    </thead>
  );
}

import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Pending } from '../pending';
import { FileMark } from '../shell/fileMark';
import type { LayerColumn } from './columns';
import { absenceOf, compute, type Absence } from './computing';
import { GeometryCell } from './geometryCell';
import type { LayerRow } from './rows';
import { showLayer, toggleLayer } from './selection';

export interface LayerTableRowProps {
  readonly row: LayerRow;
  readonly columns: readonly LayerColumn[];
  readonly tabIndex: number;
  /** Whether figures show it; undefined where they cannot. */
  readonly selected: boolean | undefined;
  /** Whether it has the details. */
  readonly detailed: boolean;
  /** Of the file, where several are compared. */
  readonly fileName: string | undefined;
  readonly onActive: (key: string) => void;
}

/** One layer of one file. Drawn again only when something about it has changed. */
export function LayerTableRow(props: LayerTableRowProps): JSX.Element {
  const { row, columns, tabIndex, selected, detailed, fileName, onActive } = props;
  const { layer, numbers, file, first, chosenBy } = row;
  const absences = columns.map(({ part }) => (part ? absenceOf(row, part) : undefined));
  const names = columns.map(({ name }) => name).join();
  return useMemo(() => {
    const offered = absences.indexOf('costly');
    const classes = [first ? 'first' : '', selected ? 'selected' : '', detailed ? 'detailed' : ''];
    return (
      <tr
        class={classes.filter(Boolean).join(' ')}
        tabIndex={tabIndex}
        aria-selected={selected}
        aria-current={detailed || undefined}
        onFocus={() => onActive(row.key)}
        onClick={(event) => choose(event, chosenBy)}
      >
        <NameCell row={row} selected={selected} fileName={fileName} />
        {columns.map((column, i) => (
          <td key={column.name} class={column.numeric ? 'number' : ''}>
            {column.name === 'geometry' || column.name === 'kind' ? (
              <GeometryCell layer={layer} only={column.name} />
            ) : (
              <Content row={row} column={column} absence={absences[i]} offers={i === offered} />
            )}
          </td>
        ))}
      </tr>
    );
  }, [
    layer,
    numbers,
    file,
    names,
    absences.join(),
    tabIndex,
    selected,
    detailed,
    fileName,
    row.index,
    first,
  ]);
}

function choose(event: MouseEvent, name: string | undefined): void {
  if (name === undefined || (event.target as Element).closest('button')) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) toggleLayer(name);
  else showLayer(name);
}

interface NameCellProps {
  readonly row: LayerRow;
  readonly selected: boolean | undefined;
  readonly fileName: string | undefined;
}

function NameCell({ row, selected, fileName }: NameCellProps): JSX.Element {
  const { layer, numbers, index, chosenBy } = row;
  const { weight } = numbers;
  const problem =
    weight && weight.nan + weight.infinite > 0
      ? t('Has NaN or infinite numbers')
      : (numbers.refused ?? layer.flaw);
  return (
    <th scope="row" class="layer-name">
      <span class="layer-name-line">
        {selected === undefined || chosenBy === undefined ? (
          <span class="not-in-figures" />
        ) : (
          <button
            type="button"
            class="in-figures"
            tabIndex={-1}
            aria-pressed={selected}
            aria-label={t('{0} in the figures', layer.name)}
            onClick={() => toggleLayer(chosenBy)}
          >
            <Icon name={selected ? 'pass-filled' : 'circle-large'} />
          </button>
        )}
        {fileName !== undefined && (
          <>
            <FileMark index={index} />
            <span class="visually-hidden">{fileName}: </span>
          </>
        )}
        <span class="layer-name-text" title={layer.name}>
          {layer.name}
        </span>
        {problem !== undefined && (
          <span class="layer-problem" title={problem}>
            <Icon name="warning" />
            <span class="visually-hidden">{problem}</span>
          </span>
        )}
      </span>
    </th>
  );
}

interface ContentProps {
  readonly row: LayerRow;
  readonly column: LayerColumn;
  readonly absence: Absence | undefined;
  /** Whether this cell has the way to what is costly; one of a row is enough. */
  readonly offers: boolean;
}

function Content({ row, column, absence, offers }: ContentProps): JSX.Element {
  if (absence === 'coming') return <Pending />;
  if (absence === 'costly' && offers) {
    return (
      <Link
        hint={t('Takes long, because the layer is large')}
        onClick={() => compute(row.file, [row.layer.name])}
      >
        {t('Compute')}
      </Link>
    );
  }
  const text = absence === undefined ? column.text(row) : '–';
  return text === '–' ? <span class="dim">–</span> : <>{text}</>;
}

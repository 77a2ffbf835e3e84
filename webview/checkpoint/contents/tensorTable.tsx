import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TensorListing } from '../../../src/shared/inspection';
import { fileName } from '../../figures/fileName';
import { formatBytes, formatCount } from '../../ui/format';
import { IconButton } from '../../ui/iconButton';
import { directionOf, nextSort, SortHeader } from '../../ui/sortHeader';
import { TextField } from '../../ui/textField';
import { send } from '../connection';
import { shapeText } from '../layers/geometry';

/** Of a row, in CSS pixels; contents.css says it, too. */
const ROW = 22;
/** Of what is scrolled. */
const VIEW = 420;
/** Rows above and below that are drawn although they are out of sight. */
const MARGIN = 10;

type Sort = { readonly column: string; readonly descending: boolean } | null;

/** All arrays of a file. Of ten thousand rows those in sight are drawn. */
export function TensorTable({ tensors }: { tensors: readonly TensorListing[] }): JSX.Element {
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<Sort>(null);
  const [top, setTop] = useState(0);
  const wanted = filter.trim().toLowerCase();
  const rows = sorted(
    tensors.filter(({ name }) => name.toLowerCase().includes(wanted)),
    sort,
  );
  const from = Math.max(0, Math.min(rows.length, Math.floor(top / ROW)) - MARGIN);
  const to = Math.min(rows.length, from + Math.ceil(VIEW / ROW) + 2 * MARGIN);
  const head = (column: string, label: string, numeric = false): JSX.Element => (
    <SortHeader
      direction={directionOf(sort, column)}
      numeric={numeric}
      onClick={() => setSort(nextSort(sort, column))}
    >
      {label}
    </SortHeader>
  );
  return (
    <section aria-label={t('Arrays')}>
      <div class="layers-toolbar">
        <h3>{t('Arrays')}</h3>
        <span class="dim" role="status">
          {rows.length === tensors.length
            ? formatCount(rows.length)
            : t('{0} of {1}', formatCount(rows.length), formatCount(tensors.length))}
        </span>
        <div class="actions">
          <TextField
            label={t('Filter arrays by name')}
            placeholder={t('Filter arrays')}
            value={filter}
            onInput={setFilter}
          />
          <IconButton
            icon="save"
            label={t('Save as CSV')}
            onClick={() => {
              const contents = new TextEncoder().encode(asCsv(rows));
              send({ type: 'save', name: fileName([t('arrays')], 'csv'), contents });
            }}
          />
        </div>
      </div>
      <div
        class="tensor-scroll"
        tabIndex={0}
        role="group"
        aria-label={t('Arrays')}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      >
        <table class="tensor-table" aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {head('name', t('Name'))}
              {head('dtype', t('Type'))}
              {head('shape', t('Shape'), true)}
              {head('bytes', t('Size'), true)}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <Gap rows={from} />}
            {rows.slice(from, to).map(({ name, dtype, shape, bytes }, i) => (
              <tr key={name} aria-rowindex={from + i + 2}>
                <td class="tensor-name" title={name}>
                  {name}
                </td>
                <td>{dtype}</td>
                <td class="number">{shapeText(shape)}</td>
                <td class="number">{formatBytes(bytes)}</td>
              </tr>
            ))}
            {to < rows.length && <Gap rows={rows.length - to} />}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Gap({ rows }: { rows: number }): JSX.Element {
  return (
    <tr aria-hidden="true">
      <td colSpan={4} class="gap" style={{ height: `${rows * ROW}px` }} />
    </tr>
  );
}

function sorted(tensors: readonly TensorListing[], sort: Sort): readonly TensorListing[] {
  if (!sort) return tensors;
  const direction = sort.descending ? -1 : 1;
  const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  return tensors.toSorted((a, b) => {
    switch (sort.column) {
      case 'shape':
        return direction * (size(a.shape) - size(b.shape));
      case 'bytes':
        return direction * (a.bytes - b.bytes);
      case 'dtype':
        return direction * a.dtype.localeCompare(b.dtype);
      default:
        return direction * a.name.localeCompare(b.name, undefined, { numeric: true });
    }
  });
}

function asCsv(rows: readonly TensorListing[]): string {
  const quoted = (text: string): string =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const head = [t('Name'), t('Type'), t('Shape'), t('Size')];
  const lines = rows.map(({ name, dtype, shape, bytes }) => [
    name,
    dtype,
    shapeText(shape),
    String(bytes),
  ]);
  return [head, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

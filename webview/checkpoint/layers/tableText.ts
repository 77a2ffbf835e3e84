import { t } from '@vscode/l10n';
import { fileNames } from '../figures/names';
import { files } from '../files';
import { divisorOf, layerColumns, type LayerColumn } from './columns';
import type { LayerRow } from './rows';

/** The table as tab-separated values, which spreadsheets paste: shown columns, full precision. */
export function rowsAsTabs(rows: readonly LayerRow[], columns: readonly LayerColumn[]): string {
  // A tab or a line break in a value would begin a new cell or row.
  return cellsOf(rows, columns)
    .map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t'))
    .join('\n');
}

/** All columns as comma-separated values (RFC 4180), with a row of heads. */
export function rowsAsCsv(rows: readonly LayerRow[]): string {
  return cellsOf(rows, layerColumns())
    .map((row) => `${row.map(quoted).join(',')}\r\n`)
    .join('');
}

/** Everything that is known of the layers; numbers that JSON does not know are words. */
export function rowsAsJson(rows: readonly LayerRow[]): string {
  const layers = rows.map(({ file, layer, numbers }) => ({
    file: file.file,
    ...layer,
    numbers,
    used: {
      norm: numbers.operator && numbers.operator.norm.value / divisorOf(numbers),
      upper: numbers.operator && numbers.operator.upper / divisorOf(numbers),
    },
  }));
  return `${JSON.stringify({ layers }, plain, 2)}\n`;
}

function cellsOf(rows: readonly LayerRow[], columns: readonly LayerColumn[]): string[][] {
  const names = fileNames(files.peek());
  const several = names.length > 1;
  const head = [...(several ? [t('File')] : []), t('Layer')];
  return [
    [...head, ...columns.map(({ label }) => label)],
    ...rows.map((row) => [
      ...(several ? [names[row.index]] : []),
      row.layer.name,
      ...columns.map((column) => exactly(column, row)),
    ]),
  ];
}

/** Numbers with all their digits; what no number says better, as it is shown. */
function exactly(column: LayerColumn, row: LayerRow): string {
  if (column.name === 'shape') return column.text(row);
  const value = column.value(row);
  return value === undefined ? '' : String(value);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return [...value];
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

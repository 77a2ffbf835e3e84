/** What a figure shows, as numbers: columns of one length, with a name above each. */
export interface ValueTable {
  readonly columns: readonly ValueColumn[];
}

export interface ValueColumn {
  readonly name: string;
  /** NaN: nothing there. */
  readonly values: ArrayLike<number>;
}

/** Rows of a table. */
export function rowsOf({ columns }: ValueTable): number {
  return Math.max(0, ...columns.map(({ values }) => values.length));
}

/** As CSV with a row of names, all digits that the numbers have. */
export function tableCsv(table: ValueTable): string {
  const lines = [table.columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < rowsOf(table); row++) {
    lines.push(table.columns.map(({ values }) => cell(values[row])).join(','));
  }
  return lines.join('\r\n') + '\r\n';
}

/** As JSON: an array of numbers for each name; null where there is none. */
export function tableJson({ columns }: ValueTable): string {
  const named = columns.map(({ name, values }) => ({
    name,
    values: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
  }));
  return JSON.stringify({ columns: named }, null, 1) + '\n';
}

function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

import type { ShownRun } from '../runs';
import type { Statistic, ValuesView } from '../viewState';
import type { Quantity } from './quantities';
import { readQuantity, type Readings } from './readings';

/** One run with what is known of its quantities, in the order of the quantities. */
export interface RunReadings {
  readonly run: ShownRun;
  /** Of the run among all, for its colour. */
  readonly index: number;
  readonly readings: readonly Readings[];
}

/** Column of the runs' names. */
export const RUN_COLUMN = 'run';

/** Reads the quantities of all runs. */
export function readRuns(
  runs: readonly ShownRun[],
  quantities: readonly Quantity[],
  cursor: number | null,
): RunReadings[] {
  return runs.map((run, index) => {
    const readings = quantities.map((quantity) => readQuantity(run.columns, quantity, cursor));
    return { run, index, readings };
  });
}

/** The runs sorted as asked; those without a value come last, whichever way they are sorted. */
export function sortRuns(
  rows: readonly RunReadings[],
  quantities: readonly Quantity[],
  statistic: Statistic,
  sort: ValuesView['sort'],
): readonly RunReadings[] {
  if (!sort) return rows;
  const direction = sort.descending ? -1 : 1;
  if (sort.column === RUN_COLUMN) {
    return rows.toSorted((a, b) => direction * nameOf(a).localeCompare(nameOf(b)));
  }
  const column = quantities.findIndex(({ name }) => name === sort.column);
  if (column < 0) return rows;
  return rows.toSorted((a, b) => {
    const [left, right] = [a, b].map(({ readings }) => readings[column][statistic]?.value);
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return direction * (left - right);
  });
}

/** The runs that are ahead in a column: more than one where they are equal, none without a rival. */
export function leaders(
  rows: readonly RunReadings[],
  column: number,
  { better, ranked }: Quantity,
  statistic: Statistic,
): ReadonlySet<ShownRun> {
  const values = rows.flatMap(({ run, readings }) => {
    const value = readings[column][statistic]?.value;
    return value === undefined ? [] : [{ run, value }];
  });
  if (!better || !ranked || values.length < 2) return new Set();
  const sizes = values.map(({ value }) => value);
  const best = better === 'lower' ? Math.min(...sizes) : Math.max(...sizes);
  return new Set(values.filter(({ value }) => value === best).map(({ run }) => run));
}

function nameOf({ run }: RunReadings): string {
  return run.view.value.name;
}

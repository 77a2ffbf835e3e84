import { lastAtOrBefore } from '../../figures/ascending';
import type { RunColumns } from '../columns';
import type { Better, Quantity } from './quantities';

/** A value and the step at which it was logged. */
export interface Reading {
  readonly value: number;
  readonly step: number;
}

/** What the table says of one quantity of one run; absent where the run never logged it. */
export interface Readings {
  readonly last?: Reading;
  readonly best?: Reading;
  /** At the cursor's step or last before it; absent without a cursor and beyond the run's end. */
  readonly atCursor?: Reading;
}

/** Reads one quantity of a run. */
export function readQuantity(
  columns: RunColumns,
  { tags, better }: Quantity,
  cursor: number | null,
): Readings {
  const known = tags.filter((tag) => columns.values(tag) !== undefined);
  const last = largestAt(columns, known, columns.length - 1);
  const best = better && bestOf(columns, known, better);
  const beyond = cursor !== null && cursor > (columns.steps.at(-1) ?? -1);
  const atCursor =
    cursor === null || beyond
      ? undefined
      : largestAt(columns, known, lastAtOrBefore(columns.steps, cursor));
  return { ...(last && { last }), ...(best && { best }), ...(atCursor && { atCursor }) };
}

/** The largest of the newest values up to a row: not every row has every tag. */
function largestAt(columns: RunColumns, tags: readonly string[], row: number): Reading | undefined {
  let largest: Reading | undefined;
  for (const tag of tags) {
    const values = columns.values(tag);
    let at = row;
    while (values && at >= 0 && Number.isNaN(values[at])) at--;
    if (!values || at < 0) continue;
    if (!largest || values[at] > largest.value) {
      largest = { value: values[at], step: columns.steps[at] };
    }
  }
  return largest;
}

interface Search {
  readonly generation: number;
  rows: number;
  best: Reading | undefined;
}

/** Rows are looked at once each; new ones are compared with the best of those before. */
const searches = new WeakMap<RunColumns, Map<string, Search>>();

function bestOf(columns: RunColumns, tags: readonly string[], better: Better): Reading | undefined {
  const ofRun = searches.get(columns) ?? new Map<string, Search>();
  searches.set(columns, ofRun);
  const name = `${better} ${tags.join()}`;
  let search = ofRun.get(name);
  if (search?.generation !== columns.generation) {
    search = { generation: columns.generation, rows: 0, best: undefined };
    ofRun.set(name, search);
  }
  const series = tags.flatMap((tag) => columns.values(tag) ?? []) as readonly Float32Array[];
  for (; search.rows < columns.length; search.rows++) {
    const value = largestIn(series, search.rows);
    const { best } = search;
    const improves = !best || (better === 'lower' ? value < best.value : value > best.value);
    if (!Number.isNaN(value) && improves) {
      search.best = { value, step: columns.steps[search.rows] };
    }
  }
  return search.best;
}

function largestIn(series: readonly Float32Array[], row: number): number {
  let largest = NaN;
  for (const values of series) {
    if (!(values[row] <= largest)) largest = Number.isNaN(values[row]) ? largest : values[row];
  }
  return largest;
}

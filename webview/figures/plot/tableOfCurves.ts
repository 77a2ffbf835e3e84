import type { ValueColumn, ValueTable } from '../valueTable';
import { placesOf } from './cursor';
import type { PlotCurve, PlotSpec } from './plotSpec';

/**
 * All values of a plot's curves, also of those that are switched off: a row for each place. Curves
 * that have values in other places follow with a column of their own places.
 */
export function tableOfCurves({ x, curves }: PlotSpec): ValueTable {
  const places = placesOf(curves);
  const rows = new Map(places.map((place, row) => [place, row]));
  const columns: ValueColumn[] = [{ name: x.name, values: places }];
  for (const curve of curves) columns.push(...columnsOf(curve, x.name, rows));
  return { columns };
}

function columnsOf(
  { name, xs, ys }: PlotCurve,
  axis: string,
  rows: ReadonlyMap<number, number>,
): ValueColumn[] {
  const values = new Float64Array(rows.size).fill(NaN);
  for (let i = 0; i < xs.length; i++) {
    const row = rows.get(xs[i]);
    if (row === undefined) {
      return [
        { name: `${name}, ${axis}`, values: xs },
        { name, values: ys },
      ];
    }
    values[row] = ys[i];
  }
  return [{ name, values }];
}

import type { ValueTable } from '../valueTable';
import { placesOf, valueAtPlace } from './cursor';
import type { PlotSpec } from './plotSpec';

/** All values of a plot's curves, also of those that are switched off: a row for each place. */
export function tableOfCurves({ x, curves }: PlotSpec): ValueTable {
  const places = placesOf(curves);
  return {
    columns: [
      { name: x.name, values: places },
      ...curves.map((curve) => ({
        name: curve.name,
        values: places.map((place) => valueAtPlace(curve, place) ?? NaN),
      })),
    ],
  };
}

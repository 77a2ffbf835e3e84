import { describe, expect, it } from 'vitest';
import { nearestPlace, placesOf, valueAtPlace } from '../../../webview/figures/plot/cursor';
import { countNotPositive, plotScales } from '../../../webview/figures/plot/extent';
import { polylineOf } from '../../../webview/figures/plot/drawCurve';
import { zoomed } from '../../../webview/figures/plot/plotKeys';
import type { PlotCurve, PlotSpec } from '../../../webview/figures/plot/plotSpec';
import { tableOfCurves } from '../../../webview/figures/plot/tableOfCurves';
import { numberTicks } from '../../../webview/figures/ticks';
import { tableCsv, tableJson } from '../../../webview/figures/valueTable';

const curve = (name: string, ys: number[], change: Partial<PlotCurve> = {}): PlotCurve => ({
  key: name,
  name,
  xs: ys.map((_, i) => i + 1),
  ys,
  style: { colour: 0, dash: [] },
  ...change,
});
const spec = (curves: PlotCurve[], log = false): PlotSpec => ({
  title: 'Values',
  x: { name: 'Index', log: false, counts: true },
  y: { name: 'y', log },
  curves,
});

describe('a plot', () => {
  it('shows all of its values, and what is asked to be within', () => {
    const shown = spec([curve('a', [3, 2, 1]), curve('b', [4, NaN])]);
    const scales = plotScales({ ...shown, rules: [{ y: 7, label: '' }] }, shown.curves);
    expect(scales?.x).toEqual({ min: 1, max: 3, log: false });
    expect(scales?.y.min).toBeLessThan(1);
    expect(scales?.y.max).toBeGreaterThan(7);
  });

  it('leaves out what a logarithmic axis cannot show, and counts it', () => {
    const shown = spec([curve('a', [1, 0.1, 0, -1])], true);
    const scales = plotScales(shown, shown.curves);
    expect(scales?.y.min).toBeGreaterThan(0.05);
    expect(countNotPositive(shown, shown.curves)).toBe(2);
    const box = { left: 0, top: 0, width: 100, height: 100 };
    if (!scales) throw new Error('There are no scales.');
    expect(polylineOf(shown.curves[0], scales, box).xs).toHaveLength(2);
  });

  it('does not let rounding take up the axis', () => {
    const shown = spec([curve('a', [1, 1e-34])], true);
    expect(plotScales(shown, shown.curves)?.y.min).toBeGreaterThan(1e-11);
  });

  it('fits its y axis to the part that is zoomed into', () => {
    const shown = spec([curve('a', [100, 3, 2, 1])]);
    const zoomed = plotScales(shown, shown.curves, { x: { min: 2, max: 4 } });
    expect(zoomed?.x).toEqual({ min: 2, max: 4, log: false });
    expect(zoomed?.y.max).toBeLessThan(4);
  });

  it('does not magnify rounding, nor looks for ticks that numbers cannot tell apart', () => {
    const near = [0.11964988156246639, 0.11964988156246642];
    const shown = spec([curve('a', near)]);
    const { min = 0, max = 0 } = plotScales(shown, shown.curves)?.y ?? {};
    expect(max - min).toBeGreaterThan(0.01);
    const log = spec([curve('a', near)], true);
    expect(plotScales(log, log.curves)?.y.max).toBeGreaterThan(0.2);
    expect(numberTicks({ min: near[0], max: near[1], log: false }, 5)).toEqual([]);
    // Counted from 0 to 5 all the same.
    expect(numberTicks({ min: 0, max: 5, log: false }, 5)).toHaveLength(6);
  });

  it('is not zoomed into without an end', () => {
    const whole = { min: 1, max: 1001, log: false };
    let shown = whole;
    for (let i = 0; i < 100; i++) shown = { ...shown, ...zoomed(shown, whole, 500, 1 / 1.5) };
    expect(shown.max - shown.min).toBeGreaterThan(0.05);
  });

  it('has no scales without values', () => {
    expect(plotScales(spec([]), [])).toBeUndefined();
    const empty = spec([curve('a', [NaN])]);
    expect(plotScales(empty, empty.curves)).toBeUndefined();
  });

  it('has a place for its cursor at each value, the nearest to the pointer', () => {
    const places = placesOf([curve('a', [1, 2]), curve('b', [1, 2, 3])]);
    expect(places).toEqual([1, 2, 3]);
    expect([0, 1.4, 1.6, 9].map((x) => nearestPlace(places, x))).toEqual([0, 0, 1, 2]);
    expect(nearestPlace([], 1)).toBe(-1);
  });

  it('reads thin curves between their points, others only where they have values', () => {
    const thin = curve('b', [10, 30], { xs: [1, 3], style: { colour: 0, dash: [], thin: true } });
    expect(valueAtPlace(thin, 2)).toBe(20);
    expect(valueAtPlace(curve('a', [10, 30], { xs: [1, 3] }), 2)).toBeUndefined();
    expect(placesOf([curve('a', [1, 2]), thin])).toEqual([1, 2]);
  });
});

describe('the values of a plot', () => {
  const table = tableOfCurves(
    spec([
      curve('a, "first"', [0.1, 1 / 3]),
      curve('b', [5]),
      curve('c', [7, 8], { xs: [1, 1.5], style: { colour: 0, dash: [], thin: true } }),
    ]),
  );

  it('are rows of CSV with all digits; curves of other places bring these along', () => {
    expect(tableCsv(table).split('\r\n')).toEqual([
      'Index,"a, ""first""",b,"c, Index",c',
      '1,0.1,5,1,7',
      '2,0.3333333333333333,,1.5,8',
      '',
    ]);
  });

  it('are JSON that names them, with null where there is none', () => {
    expect(JSON.parse(tableJson(table))).toEqual({
      columns: [
        { name: 'Index', values: [1, 2] },
        { name: 'a, "first"', values: [0.1, 1 / 3] },
        { name: 'b', values: [5, null] },
        { name: 'c, Index', values: [1, 1.5] },
        { name: 'c', values: [7, 8] },
      ],
    });
  });
});

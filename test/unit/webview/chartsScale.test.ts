import { beforeAll, describe, expect, it } from 'vitest';
import { formatReading, formatTick } from '../../../webview/figures/format';
import {
  clampRange,
  fractionOf,
  padded,
  valueAt,
  zoomAround,
} from '../../../webview/figures/scale';
import { xTicks } from '../../../webview/dashboard/charts/ticks';
import { numberTicks } from '../../../webview/figures/ticks';

beforeAll(() => {
  // Numbers are written in the language of the page.
  Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } });
  process.env.TZ = 'UTC';
});

const labels = (ticks: readonly { label: string }[]): string[] => ticks.map(({ label }) => label);

describe('a scale', () => {
  it.each([false, true])('finds places and values again (logarithmic: %s)', (log) => {
    const scale = { min: 2, max: 500, log };
    for (const value of [2, 3, 77, 500]) {
      expect(valueAt(fractionOf(value, scale), scale)).toBeCloseTo(value, 9);
    }
  });

  it('zooms around a place that stays', () => {
    const scale = { min: 0, max: 100, log: false };
    expect(zoomAround(scale, 0.25, 0.5)).toEqual({ min: 12.5, max: 62.5 });
  });

  it('moves a range inside its limits and keeps its length', () => {
    const limits = { min: 0, max: 100, log: false };
    expect(clampRange({ min: -20, max: 30 }, limits)).toEqual({ min: 0, max: 50 });
    expect(clampRange({ min: 80, max: 130 }, limits)).toEqual({ min: 50, max: 100 });
  });

  it('knows that a range as long as its limits is no zoom', () => {
    const limits = { min: 0, max: 100, log: false };
    expect(clampRange({ min: -1, max: 101 }, limits)).toBeUndefined();
    expect(clampRange({ min: 0, max: 100 }, limits)).toBeUndefined();
  });

  it('leaves room around values, also around one', () => {
    expect(padded(0, 10, false)).toEqual({ min: -0.5, max: 10.5 });
    const around = padded(3, 3, false);
    expect(around.min).toBeLessThan(3);
    expect(around.max).toBeGreaterThan(3);
    expect(padded(0, 0, false)).toEqual({ min: -1, max: 1 });
    expect(padded(0.01, 0.01, true).min).toBeGreaterThan(0);
  });
});

describe('ticks', () => {
  it('stand at round numbers with the digits that tell them apart', () => {
    const ticks = numberTicks({ min: -0.32, max: 0.71, log: false }, 6);
    expect(labels(ticks)).toEqual(['−0.2', '0', '0.2', '0.4', '0.6']);
  });

  it('of very close values show all the digits they need', () => {
    const ticks = numberTicks({ min: 1.0001, max: 1.0009, log: false }, 4);
    expect(labels(ticks)).toEqual(['1.0002', '1.0004', '1.0006', '1.0008']);
  });

  it('of tiny values have exponents', () => {
    expect(labels(numberTicks({ min: 0, max: 3e-5, log: false }, 4))).toEqual([
      '0',
      '1e−5',
      '2e−5',
      '3e−5',
    ]);
  });

  it('of long runs are counted in thousands', () => {
    expect(labels(xTicks({ min: 0, max: 100_000, log: false }, 'step', 5))).toEqual([
      '0',
      '20k',
      '40k',
      '60k',
      '80k',
      '100k',
    ]);
  });

  it('of steps are never between two', () => {
    const ticks = xTicks({ min: 10, max: 12, log: false }, 'step', 10);
    expect(labels(ticks)).toEqual(['10', '11', '12']);
  });

  it('of a logarithmic axis are decades, all of them where there is room', () => {
    expect(labels(numberTicks({ min: 0.001, max: 1000, log: true }, 7))).toEqual([
      '0.001',
      '0.01',
      '0.1',
      '1',
      '10',
      '100',
      '1,000',
    ]);
    expect(numberTicks({ min: 1e-8, max: 1e8, log: true }, 5).length).toBeLessThanOrEqual(6);
  });

  it('of a logarithmic axis that is shorter than a decade are plain ones', () => {
    expect(labels(numberTicks({ min: 1, max: 4, log: true }, 4))).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    [50, ['0 s', '10 s', '20 s', '30 s', '40 s', '50 s']],
    [600, ['0 min', '2 min', '4 min', '6 min', '8 min', '10 min']],
    [4 * 3600, ['0 h', '1 h', '2 h', '3 h', '4 h']],
    [3 * 86_400, ['0 h', '12 h', '24 h', '36 h', '48 h', '60 h', '72 h']],
  ])('of %d seconds are round times', (max, expected) => {
    expect(labels(xTicks({ min: 0, max, log: false }, 'relative', 6))).toEqual(expected);
  });

  it('of times on a logarithmic axis are times that have a name', () => {
    const ticks = xTicks({ min: 1, max: 7200, log: true }, 'relative', 6);
    expect(labels(ticks)).toEqual(['1 s', '5 s', '30 s', '5 min', '30 min']);
  });

  it('of the time of day are round on the clock', () => {
    const noon = Date.UTC(2026, 10, 23, 11, 58) / 1000;
    const ticks = xTicks({ min: noon, max: noon + 1800, log: false }, 'wall', 4);
    expect(labels(ticks)).toEqual(['12:00', '12:10', '12:20']);
  });

  it('of several days are days', () => {
    const start = Date.UTC(2026, 10, 23, 11, 58) / 1000;
    const ticks = xTicks({ min: start, max: start + 3 * 86_400, log: false }, 'wall', 4);
    expect(labels(ticks)).toEqual(['Nov 24', 'Nov 25', 'Nov 26']);
  });
});

describe('a reading', () => {
  it.each([
    [1.31234, '1.312'],
    [1.3, '1.300'],
    [-0.04567, '−0.04567'],
    [96, '96'],
    [12_345.6, '12,346'],
    [2e-4, '2e−4'],
    [1.23456e9, '1.235e9'],
    [0, '0'],
    [NaN, '–'],
    [undefined, '–'],
    [Infinity, '∞'],
  ])('of %s is %s', (value, text) => {
    expect(formatReading(value)).toBe(text);
  });

  it('of a tick at zero is 0, whatever rounding left of it', () => {
    expect(formatTick(-1e-17, 0.1)).toBe('0');
  });
});

import { describe, expect, it } from 'vitest';
import { SmoothedColumn } from '../../../webview/dashboard/charts/smoothing';

/** One part in ten million: what is kept has 32 bits. */
const PRECISION = 1e-7;

function smooth(weight: number, values: readonly number[]): number[] {
  return [...new SmoothedColumn(weight).of(Float32Array.from(values))];
}

/** The same average as one sum: weight^(n-k) for every finite value, over the sum of the weights. */
function weightedMean(weight: number, values: readonly number[]): number[] {
  return values.map((value, n) => {
    if (!Number.isFinite(value)) return value;
    const before = values.slice(0, n + 1).filter(Number.isFinite);
    const weights = before.map((_, k) => weight ** (before.length - 1 - k));
    const total = weights.reduce((sum, one) => sum + one, 0);
    return before.reduce((sum, one, k) => sum + one * weights[k], 0) / total;
  });
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    if (!Number.isFinite(value)) expect(actual[i], `row ${i}`).toBe(value);
    else expect(Math.abs(actual[i] - value)).toBeLessThan(PRECISION * Math.max(1, Math.abs(value)));
  });
}

describe('smoothing', () => {
  it('is the debiased moving average, as NumPy computes it from explicit weights', () => {
    const values = [1, 3, 2, NaN, 5, -4, 0.5];
    expectClose(smooth(0.6, values), [
      1,
      2.25,
      2.122448979591837,
      NaN,
      3.4448529411764706,
      0.21582234559333807,
      0.33505639097744355,
    ]);
    expectClose(smooth(0.999, values), [
      1,
      2.0005002501250626,
      2.000333333222111,
      NaN,
      2.7513758127812027,
      1.3983973979995208,
      1.2482897291445736,
    ]);
  });

  it.each([0.1, 0.6, 0.9, 0.99])('with weight %d is the mean with falling weights', (weight) => {
    const values = Array.from({ length: 300 }, (_, i) => Math.sin(i / 7) + ((i * 37) % 11) / 10);
    // As they are kept, so that only the smoothing is compared.
    const kept = [...Float32Array.from(values)];
    expectClose(smooth(weight, kept), weightedMean(weight, kept));
  });

  it('lets what is not finite pass and forgets nothing over it', () => {
    const values = [2, Infinity, 4, -Infinity, NaN, 8];
    expectClose(smooth(0.5, values), weightedMean(0.5, values));
  });

  it('with weight 0 leaves every value as it is', () => {
    const values = [1, 0.1, -7, NaN, 1e-30, 3e30];
    expect(smooth(0, values)).toEqual([...Float32Array.from(values)]);
  });

  it('leaves a constant as it is, to the last bit, with rows in between that have no value', () => {
    const [value] = Float32Array.of(0.1);
    expect(smooth(0.97, [0.1, NaN, 0.1, 0.1])).toEqual([value, NaN, value, value]);
  });

  it('averages from the start once a constant is none any more', () => {
    const column = new SmoothedColumn(0.9);
    column.of(Float32Array.of(1, 1, 1));
    const revision = column.revision;
    expectClose([...column.of(Float32Array.of(1, 1, 1, 5))], weightedMean(0.9, [1, 1, 1, 5]));
    expect(column.revision).toBeGreaterThan(revision);
  });

  it('of one value is that value', () => {
    expect(smooth(0.9, [3.5])).toEqual([3.5]);
  });

  it('of nothing is nothing', () => {
    expect(smooth(0.9, [])).toEqual([]);
  });

  it('goes on where it ended, row by row, as if all had come at once', () => {
    const values = Float32Array.from({ length: 3000 }, (_, i) => Math.cos(i) * i);
    const grown = new SmoothedColumn(0.95);
    let last = new Float32Array(0) as Float32Array;
    for (let rows = 1; rows <= values.length; rows++) last = grown.of(values.subarray(0, rows));
    expect([...last]).toEqual([...new SmoothedColumn(0.95).of(values)]);
  });

  it('with the greatest weight of the slider stays the mean of a million values', () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const last = new SmoothedColumn(0.999).of(values)[values.length - 1];
    expect(Math.abs(last)).toBeLessThan(1e-3);
  });
});

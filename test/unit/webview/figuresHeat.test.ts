import { describe, expect, it } from 'vitest';
import { contrast, parseColour } from '../../../webview/figures/colour';
import { columnSpan, rowSpan } from '../../../webview/figures/heat/composeHeat';
import { binLogShares, edgesOf, heatMapOf } from '../../../webview/figures/heat/heatMap';
import { rampColours } from '../../../webview/figures/heat/ramp';
import { spacedRidges } from '../../../webview/figures/heat/composeRidges';
import { chartTheme } from '../../../webview/figures/theme';

describe('a heat map', () => {
  it('has the mean of the logarithms of its values in each bin', () => {
    const cells = binLogShares(Float64Array.of(10, 1, 0.1, 0.01), [0, 2, 4]);
    expect(cells[0]).toBeCloseTo((0 - 1) / 2, 12);
    expect(cells[1]).toBeCloseTo((-2 - 3) / 2, 12);
  });

  it('leaves cells without values empty, and counts zeros as the least', () => {
    expect([...binLogShares(Float64Array.of(1, 0), [0, 1, 2, 3])]).toEqual([0, -6, NaN]);
    expect([...binLogShares(new Float64Array(0), [0, 1])]).toEqual([NaN]);
  });

  it('holds every value in exactly one bin, however many bins there are', () => {
    const values = Float64Array.from({ length: 37 }, (_, i) => 37 - i);
    for (const bins of [1, 5, 36, 37, 100]) {
      const { starts } = heatMapOf([1], [values], bins);
      expect(starts[0]).toBe(0);
      expect(starts.at(-1)).toBe(37);
      expect(starts).toHaveLength(Math.min(37, bins) + 1);
      expect(starts.every((start, i) => i === 0 || start > starts[i - 1])).toBe(true);
    }
  });

  it('has columns that meet in the middle between their steps', () => {
    expect(edgesOf([100, 200, 400])).toEqual([50, 150, 300, 500]);
    expect(edgesOf([7])).toEqual([6.5, 7.5]);
    expect(edgesOf([])).toEqual([]);
  });

  it('has colours for the least of its values, to half a power of ten', () => {
    const heat = heatMapOf([1, 2], [Float64Array.of(1, 0.3), Float64Array.of(2, 0.04)], 10);
    expect([heat.from, heat.to]).toEqual([-2, 0]);
  });

  it('covers its box without a gap', () => {
    const heat = heatMapOf(
      [1, 2, 5],
      [1, 2, 3].map(() => Float64Array.of(3, 2, 1)),
      10,
    );
    const box = { left: 10, top: 5, width: 101, height: 50 };
    const columns = [0, 1, 2].map((column) => columnSpan(heat, column, box));
    const rows = [0, 1, 2].map((bin) => rowSpan(heat, bin, box));
    expect([columns[0][0], columns[2][1]]).toEqual([10, 111]);
    expect([rows[0][0], rows[2][1]]).toEqual([5, 55]);
    expect(columns[1]).toEqual([columns[0][1], columns[2][0]]);
    expect(rows[1]).toEqual([rows[0][1], rows[2][0]]);
  });
});

describe('the colours of a heat map', () => {
  it.each(['#1f1f1f', '#ffffff', '#000000'])('grow away from the background %s', (background) => {
    const theme = { ...chartTheme.value, background };
    const behind = parseColour(background);
    const contrasts = rampColours(48, theme).map((css) => {
      const colour = parseColour(css);
      return colour && behind ? contrast(colour, behind) : NaN;
    });
    expect(contrasts.every((one, i) => i === 0 || one > contrasts[i - 1])).toBe(true);
    // The greatest are told from the page, and from the least.
    expect(contrasts[47]).toBeGreaterThan(7);
    expect(contrasts[47] / contrasts[0]).toBeGreaterThan(4);
  });
});

describe('ridges', () => {
  const ridges = Array.from({ length: 100 }, (_, i) => ({ step: i, shares: Float64Array.of(1) }));

  it('are so many as there is room for, with both ends and the marked one', () => {
    const shown = spacedRidges(ridges, 270, 50).map(({ step }) => step);
    expect(shown.length).toBeLessThanOrEqual(31);
    expect(shown).toContain(50);
    expect([shown[0], shown.at(-1)]).toEqual([0, 99]);
  });

  it('are all there where there is room', () => {
    expect(spacedRidges(ridges.slice(0, 9), 270, undefined)).toHaveLength(9);
  });
});

import { describe, expect, it } from 'vitest';
import { RandomStream, randomPurpose } from '../../../src/shared/random';
import { singularValues } from '../../../src/spectral/singularValues';
import { randomSingularValues, tailAbove } from '../../../webview/checkpoint/spectrum/randomMatrix';
import { scaleSpectrum, spreadOver, thinOut } from '../../../webview/checkpoint/spectrum/scaling';

describe('the scaling of a spectrum', () => {
  const values = Float64Array.of(4, 2, 1, 0);

  it('as in Fig. 3 squares, and makes the largest 1', () => {
    const scaled = scaleSpectrum(values, { squared: true, scaled: true, divisor: 5 });
    expect([...scaled]).toEqual([1, 0.25, 0.0625, 0]);
  });

  it('of the weight as it is used divides by the estimate, before it squares', () => {
    expect([...scaleSpectrum(values, { squared: false, scaled: false, divisor: 2 })]).toEqual([
      2, 1, 0.5, 0,
    ]);
    expect([...scaleSpectrum(values, { squared: true, scaled: false, divisor: 2 })]).toEqual([
      4, 1, 0.25, 0,
    ]);
  });

  it('of a weight that is 0 everywhere is 0 and not NaN', () => {
    const zero = new Float64Array(2);
    expect([...scaleSpectrum(zero, { squared: true, scaled: true, divisor: 1 })]).toEqual([0, 0]);
  });

  it('thins many values out to some of them, with both ends', () => {
    const many = Float64Array.from({ length: 1000 }, (_, i) => 1000 - i);
    const few = thinOut(many, 11);
    expect(few).toHaveLength(11);
    expect([few[0], few[10]]).toEqual([1000, 1]);
    expect(thinOut(values, 11)).toBe(values);
  });

  it('spreads values of another count over the indices', () => {
    expect([...spreadOver(3, 5)]).toEqual([1, 3, 5]);
    expect([...spreadOver(1, 5)]).toEqual([1]);
  });
});

describe('the law of Marchenko and Pastur', () => {
  const ratios = [1e-3, 0.1, 0.25, 27 / 64, 0.9, 1];

  it.each(ratios)('has all of its mass between its ends for the ratio %s', (ratio) => {
    expect(tailAbove(0, ratio)).toBeCloseTo(0, 12);
    expect(tailAbove(Math.PI, ratio)).toBeCloseTo(1, 10);
  });

  it.each(ratios)(
    'has the tail of its density, integrated numerically, for the ratio %s',
    (ratio) => {
      for (const theta of [0.3, 1, 2, 2.9]) {
        // Midpoints of 20,000 parts: the integrand is smooth, the rest is below 1e-8.
        const parts = 20_000;
        const step = theta / parts;
        let sum = 0;
        for (let i = 0; i < parts; i++) {
          const at = (i + 0.5) * step;
          const x = 1 + ratio + 2 * Math.sqrt(ratio) * Math.cos(at);
          const slope = 2 * Math.sqrt(ratio) * Math.sin(at);
          const inside = (2 * Math.sqrt(ratio) * Math.sin(at)) ** 2;
          sum += (Math.sqrt(inside) / (2 * Math.PI * ratio * x)) * slope * step;
        }
        expect(Math.abs(tailAbove(theta, ratio) - sum)).toBeLessThan(1e-7);
      }
    },
  );

  it('keeps the Frobenius norm, but for what its quantiles stand for', () => {
    const values = randomSingularValues(128, 576, 7);
    const norm = Math.hypot(...values);
    // Middles of 128 shares in place of the whole law.
    expect(Math.abs(norm - 7) / 7).toBeLessThan(1e-3);
  });

  it('is that of Gaussian matrices', () => {
    const [rows, columns] = [96, 200];
    const stream = new RandomStream(3, randomPurpose.powerIteration);
    const data = Float64Array.from(stream.normals(rows * columns));
    const real = singularValues({ rows, columns, data });
    const expected = randomSingularValues(rows, columns, Math.hypot(...data));
    // Singular values of one matrix stray from the quantiles by about 1 / rows of the range; the
    // largest by its fluctuation of rows^(-2/3), so 3 % of the largest is generous.
    for (let i = 0; i < rows; i++) {
      expect(Math.abs(real[i] - expected[i])).toBeLessThan(0.03 * real[0]);
    }
  });

  it('does not mind which side is longer, nor a single row', () => {
    expect(randomSingularValues(5, 9, 2)).toEqual(randomSingularValues(9, 5, 2));
    const [only] = randomSingularValues(1, 512, 3);
    expect(Math.abs(only - 3)).toBeLessThan(0.05);
  });
});

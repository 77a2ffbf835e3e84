import { describe, expect, it } from 'vitest';
import { weightNumbers } from '../../../src/spectral/weightNumbers';

describe('what the values of a weight tell', () => {
  it('is that of its definitions', () => {
    const numbers = weightNumbers(Float64Array.of(3, -4, 0, 0), 7);
    expect(numbers).toMatchObject({ largest: 4, mean: -0.25, nan: 0, infinite: 0, estimate: 7 });
    expect(numbers.frobenius).toBeCloseTo(5, 14);
  });

  it('counts what is not finite and leaves it out of all else', () => {
    const broken = Float32Array.of(NaN, 3, Infinity, -4, NaN, -Infinity, 0, 0);
    const whole = weightNumbers(Float32Array.of(3, -4, 0, 0), null);
    expect(weightNumbers(broken, null)).toEqual({ ...whole, nan: 2, infinite: 2 });
  });

  it('has a histogram of 64 bins about 0 in which every finite value is', () => {
    const values = Float64Array.from({ length: 129 }, (_, i) => (i - 64) / 32);
    const { histogram } = weightNumbers(values, null);
    expect([histogram.from, histogram.to]).toEqual([-2, 2]);
    // Bins are 1/16 wide, so two values each; the largest belongs to the last bin, too.
    expect(histogram.counts).toEqual([...new Array<number>(63).fill(2), 3]);
  });

  it('has a histogram about 0 also where all values lie on one side', () => {
    const { histogram } = weightNumbers(Float64Array.of(1, 8), null);
    expect([histogram.from, histogram.to]).toEqual([-8, 8]);
    expect(histogram.counts.flatMap((count, bin) => (count > 0 ? [bin] : []))).toEqual([36, 63]);
  });

  it('of nothing but zeros, or of nothing finite, is finite', () => {
    for (const values of [new Float32Array(5), Float32Array.of(NaN, Infinity)]) {
      const { frobenius, largest, mean, histogram } = weightNumbers(values, null);
      expect([frobenius, largest, mean]).toEqual([0, 0, 0]);
      expect([histogram.from, histogram.to]).toEqual([-1, 1]);
    }
    expect(weightNumbers(new Float32Array(5), null).histogram.counts[32]).toBe(5);
  });

  it.each([1e-300, 1e300])('neither overflows nor vanishes at a scale of %d', (scale) => {
    const { frobenius, mean } = weightNumbers(Float64Array.of(3 * scale, -4 * scale), null);
    expect(frobenius / scale).toBeCloseTo(5, 12);
    expect(mean / scale).toBeCloseTo(-0.5, 12);
  });
});

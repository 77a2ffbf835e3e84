import { describe, expect, it } from 'vitest';
import { singularValues } from '../../../src/spectral/singularValues';
import { spectrumNumbers } from '../../../src/spectral/spectrumNumbers';

describe('what a spectrum tells', () => {
  it('is that of its definitions', () => {
    const numbers = spectrumNumbers(Float64Array.of(4, 2, 1, 0.25), 5);
    expect(numbers.condition).toBe(16);
    expect(numbers.stableRank).toBeCloseTo(1 + 1 / 4 + 1 / 16 + 1 / 256, 14);
    const parts = [4, 2, 1, 0.25].map((value) => value / 7.25);
    const entropy = -parts.reduce((sum, part) => sum + part * Math.log(part), 0);
    expect(numbers.effectiveRank).toBeCloseTo(Math.exp(entropy), 13);
    expect(numbers.belowTenth).toBe(0.25);
    expect(numbers.estimateError).toBe(0.25);
    expect(numbers.normalized).toBe(0.8);
  });

  it('is a full rank in every sense where all values are equal', () => {
    const numbers = spectrumNumbers(new Float64Array(7).fill(3), null);
    expect(numbers.condition).toBe(1);
    expect(numbers.stableRank).toBe(7);
    expect(numbers.effectiveRank).toBeCloseTo(7, 13);
    expect(numbers.belowTenth).toBe(0);
    expect([numbers.estimateError, numbers.normalized]).toEqual([null, null]);
  });

  it('is a rank of one where a single value is left', () => {
    const { condition, stableRank, effectiveRank, belowTenth } = spectrumNumbers(
      Float64Array.of(2, 0, 0, 0),
      2,
    );
    expect([condition, stableRank, effectiveRank, belowTenth]).toEqual([Infinity, 1, 1, 0.75]);
  });

  it('takes what rounding leaves of a singular matrix for 0, but not a small value', () => {
    const singular = singularValues({ rows: 2, columns: 2, data: Float64Array.of(1, 3, 2, 6) });
    expect(spectrumNumbers(singular, null).condition).toBe(Infinity);
    expect(spectrumNumbers(Float64Array.of(1, 1e-13), null).condition).toBeCloseTo(1e13, -1);
  });

  it('is finite for a weight of zeros', () => {
    const numbers = spectrumNumbers(new Float64Array(3), 0);
    expect(numbers).toMatchObject({ condition: Infinity, stableRank: 0, effectiveRank: 0 });
    expect(numbers).toMatchObject({ belowTenth: 0, estimateError: null, normalized: null });
  });

  it.each([1e-300, 1e300])('does not depend on a scale of %d', (scale) => {
    const plain = spectrumNumbers(Float64Array.of(4, 2, 1), 4);
    const scaled = spectrumNumbers(Float64Array.of(4 * scale, 2 * scale, scale), 4 * scale);
    for (const key of ['condition', 'stableRank', 'effectiveRank', 'normalized'] as const) {
      expect(scaled[key]).toBeCloseTo(plain[key] ?? NaN, 12);
    }
  });
});

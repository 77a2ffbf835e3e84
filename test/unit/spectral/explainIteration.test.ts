import { describe, expect, it } from 'vitest';
import { explainIteration } from '../../../src/spectral/explainIteration';
import { matrixOf, transpose } from '../../../src/spectral/matrix';
import { singularValues } from '../../../src/spectral/singularValues';
import { hashValues } from '../../fixtures/torch/hashValues';

/** Singular values 3, 2 and 1 along the axes, so that angles can be read off. */
const axes = matrixOf(3, 4, [0, 3, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1]);

describe('the explanation of a power iteration', () => {
  it('tells the exact norm, the ratio and the angle it begins with', () => {
    const start = Float64Array.of(3, 1, 5, 4);
    const found = explainIteration(axes, 'gram', start, 5);
    expect(found.exact).toBeCloseTo(3, 14);
    expect(found.ratio).toBeCloseTo(4 / 9, 14);
    expect(found.startTangent).toBeCloseTo(Math.sqrt(50), 12);
    expect(found.failure).toBeUndefined();
    expect(found.estimates).toHaveLength(5);
  });

  it('measures the angle of a left start against the left vector', () => {
    const { startTangent } = explainIteration(axes, 'alternating', Float64Array.of(1, 2, -2), 1);
    expect(startTangent).toBeCloseTo(Math.sqrt(8), 13);
  });

  it.each(['gram', 'alternating'] as const)('bounds the estimates of %s', (form) => {
    const matrix = matrixOf(12, 20, hashValues(8, 240));
    const start = hashValues(9, form === 'gram' ? 20 : 12);
    const found = explainIteration(matrix, form, start, 120);
    const [first, second] = singularValues(matrix);
    expect(found.exact / first).toBeCloseTo(1, 13);
    expect(found.ratio / (second / first) ** 2).toBeCloseTo(1, 12);
    found.estimates.forEach((estimate, i) => {
      const steps = form === 'gram' ? i + 1 : i + 0.5;
      const tangent = found.startTangent * found.ratio ** steps;
      // Both sides are rounded; the bound itself is met to the last digits at the end.
      expect(estimate).toBeGreaterThan((first / Math.sqrt(1 + tangent ** 2)) * (1 - 1e-12));
      expect(estimate).toBeLessThan(first * (1 + 1e-12));
    });
    // It says something: after the first steps the bound is no longer close to 0.
    expect(found.startTangent * found.ratio ** 120).toBeLessThan(0.1);
  });

  it('says that ones lie in the null space', () => {
    const matrix = matrixOf(2, 2, [1, -1, -1, 1]);
    for (const form of ['gram', 'alternating'] as const) {
      const found = explainIteration(matrix, form, Float64Array.of(1, 1), 5);
      expect(found).toMatchObject({ failure: 'nullSpace', startTangent: Infinity });
      expect(found.estimates).toHaveLength(0);
      expect(found.exact).toBeCloseTo(2, 14);
    }
  });

  it('says that ones are orthogonal to the first vector, and shows where they lead', () => {
    // First vector (1, -1), second (1, 1).
    const matrix = matrixOf(2, 2, [3, -1, -1, 3]);
    const found = explainIteration(matrix, 'gram', Float64Array.of(1, 1), 10);
    expect(found).toMatchObject({ failure: 'orthogonal', startTangent: Infinity });
    expect(found.exact).toBeCloseTo(4, 13);
    expect(found.estimates[9]).toBeCloseTo(2, 13);
    const left = explainIteration(transpose(matrix), 'alternating', Float64Array.of(1, 1), 10);
    expect(left.failure).toBe('orthogonal');
  });

  it('names no angle where the first singular value is repeated', () => {
    const found = explainIteration(matrixOf(2, 2, [2, 0, 0, 2]), 'gram', Float64Array.of(1, 3), 2);
    expect(found).toMatchObject({ ratio: 1, startTangent: NaN });
    expect(found.failure).toBeUndefined();
    expect(found.estimates[0]).toBeCloseTo(2, 14);
  });

  it('of a single row is done at once', () => {
    const found = explainIteration(matrixOf(1, 3, [1, 2, 2]), 'gram', Float64Array.of(1, 0, 0), 1);
    expect(found.ratio).toBe(0);
    expect(found.estimates[0]).toBeCloseTo(3, 14);
  });

  it('without a start tells the exact norm and the ratio all the same', () => {
    const found = explainIteration(axes, 'gram', undefined, 5);
    expect(found).toMatchObject({ failure: 'noStoredVector', startTangent: NaN });
    expect(found.estimates).toHaveLength(0);
    expect(found.exact).toBeCloseTo(3, 14);
    expect(found.ratio).toBeCloseTo(4 / 9, 14);
  });

  it('of zeros is in the null space', () => {
    const zero = matrixOf(2, 2, [0, 0, 0, 0]);
    expect(explainIteration(zero, 'gram', Float64Array.of(1, 1), 3)).toEqual({
      exact: 0,
      ratio: 0,
      estimates: new Float64Array(),
      startTangent: Infinity,
      failure: 'nullSpace',
    });
  });
});

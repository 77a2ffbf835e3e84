import { describe, expect, it } from 'vitest';
import { RandomStream, randomPurpose } from '../../../src/shared/random';
import { dot, matrixOf, multiplyTransposed, type Matrix } from '../../../src/spectral/matrix';
import {
  iterateAlternating,
  iterateGram,
  type PowerIteration,
} from '../../../src/spectral/powerIteration';
import { leadingTriplet } from '../../../src/spectral/singularValues';
import { hashValues } from '../../fixtures/torch/hashValues';

type Converging = Extract<PowerIteration, { converging: true }>;

function converging(result: PowerIteration): Converging {
  if (!result.converging) throw new Error(result.reason);
  return result;
}

/** A matrix with the singular values `spectrum` and vectors that are no unit vectors. */
function withSpectrum(rows: number, columns: number, spectrum: readonly number[]): Matrix {
  const left = householder(hashValues(11, rows));
  const right = householder(hashValues(12, columns));
  const data = new Float64Array(rows * columns);
  spectrum.forEach((sigma, k) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) data[i * columns + j] += sigma * left(i, k) * right(j, k);
    }
  });
  return matrixOf(rows, columns, data);
}

/** Elements of the orthogonal matrix I - 2 x x^T / (x^T x). */
function householder(x: Float64Array): (i: number, j: number) => number {
  const squares = dot(x, x);
  return (i, j) => (i === j ? 1 : 0) - (2 * x[i] * x[j]) / squares;
}

/** Tangent of the angle between two unit vectors, either of which may point backwards. */
function tangent(x: Float64Array, y: Float64Array): number {
  const cosine = Math.abs(dot(x, y));
  const across = x.map((value, i) => value - dot(x, y) * y[i]);
  return Math.sqrt(dot(across, across)) / cosine;
}

describe('power iteration', () => {
  const matrices: readonly (readonly [string, Matrix])[] = [
    ['12 x 30', matrixOf(12, 30, hashValues(21, 360))],
    ['30 x 12', matrixOf(30, 12, hashValues(22, 360))],
    ['1 x 9', matrixOf(1, 9, hashValues(23, 9))],
    ['9 x 1', matrixOf(9, 1, hashValues(24, 9))],
    ['6 x 6 times 1e200', matrixOf(6, 6, hashValues(25, 36, 1e200))],
    ['6 x 6 times 1e-200', matrixOf(6, 6, hashValues(25, 36, 1e-200))],
  ];

  it.each(matrices)('in both forms agrees with the singular values of %s', (_, w) => {
    const { sigma, u, v } = leadingTriplet(w);
    for (const iterate of [iterateGram, iterateAlternating]) {
      const result = converging(iterate(w, { seed: 3 }, 4000));
      // After 4000 iterations all that is left is rounding: a few 1e-16 in sigma and, because the
      // gap to the second value divides, some 1e-14 in the vectors.
      expect(Math.abs((result.estimates.at(-1) as number) / sigma - 1)).toBeLessThan(1e-13);
      expect(tangent(result.v, v)).toBeLessThan(1e-12);
      expect(tangent(result.u, u)).toBeLessThan(1e-12);
    }
  });

  it('takes the same path in both forms when v_0 is W^T u_0', () => {
    const w = matrixOf(12, 30, hashValues(21, 360));
    const u0 = Float64Array.from(new RandomStream(7, randomPurpose.powerIteration).normals(12));
    const alternating = converging(iterateAlternating(w, u0, 6));
    // The first alternation only makes v_0, so the other form is one iteration behind.
    const gram = converging(iterateGram(w, multiplyTransposed(w, u0), 5));
    gram.estimates.forEach((estimate, t) => {
      expect(estimate).toBeCloseTo(alternating.estimates[t + 1], 14);
    });
    gram.v.forEach((value, i) => expect(value).toBeCloseTo(alternating.v[i], 14));
    gram.u.forEach((value, i) => expect(value).toBeCloseTo(alternating.u[i], 14));
  });

  it('estimates from below and never falls', () => {
    const w = matrixOf(12, 30, hashValues(21, 360));
    const { sigma } = leadingTriplet(w);
    for (const iterate of [iterateGram, iterateAlternating]) {
      const { estimates } = converging(iterate(w, { seed: 1 }, 40));
      estimates.forEach((estimate, t) => {
        expect(estimate).toBeLessThanOrEqual(sigma * (1 + 1e-14));
        if (t > 0) expect(estimate).toBeGreaterThanOrEqual(estimates[t - 1] * (1 - 1e-14));
      });
    }
  });

  it('repeats exactly for one seed and differs for another', () => {
    const w = matrixOf(5, 8, hashValues(31, 40));
    expect(iterateGram(w, { seed: 1 }, 3)).toEqual(iterateGram(w, { seed: 1 }, 3));
    expect(iterateGram(w, { seed: 1 }, 3)).not.toEqual(iterateGram(w, { seed: 2 }, 3));
  });

  it('refuses a start of the wrong length, a zero start and a start that is not finite', () => {
    const w = matrixOf(2, 3, hashValues(1, 6));
    expect(() => iterateGram(w, new Float64Array(2).fill(1), 1)).toThrow('needs 3, one per column');
    expect(() => iterateAlternating(w, new Float64Array(3).fill(1), 1)).toThrow('one per row');
    expect(() => iterateGram(w, new Float64Array(3), 1)).toThrow('not zero in every place');
    expect(() => iterateGram(w, new Float64Array(3).fill(NaN), 1)).toThrow('must be finite');
    expect(() => iterateGram(w, { seed: 1 }, 0)).toThrow('1 or more iterations');
  });
});

describe('the convergence rate', () => {
  // lambda_2 / lambda_1 = 0.81. The start holds all four singular vectors in equal parts; when
  // measuring begins, the third and fourth are gone: (0.5 / 0.9)^(2 * 40) < 1e-20.
  const spectrum = [1, 0.9, 0.5, 0.3];
  const rate = (spectrum[1] / spectrum[0]) ** 2;
  const w = withSpectrum(5, 7, spectrum);
  const { sigma, v } = leadingTriplet(w);
  const from = 40;

  describe.each([
    ['iterating W^T W', iterateGram, equalParts(hashValues(12, 7))],
    ['alternating u and v', iterateAlternating, equalParts(hashValues(11, 5))],
  ] as const)('of %s', (_, iterate, start) => {
    it('of the angle to the first singular vector is lambda_2 / lambda_1', () => {
      for (let t = from; t < from + 5; t++) {
        const angle = tangent(converging(iterate(w, start, t)).v, v);
        const next = tangent(converging(iterate(w, start, t + 1)).v, v);
        // The angle is about 2e-4 here and known to about 1e-15.
        expect(next / angle).toBeCloseTo(rate, 9);
      }
    });

    it('of the error of the estimate is (lambda_2 / lambda_1)^2', () => {
      const { estimates } = converging(iterate(w, start, from + 6));
      for (let t = from; t < from + 5; t++) {
        const ratio = (sigma - estimates[t]) / (sigma - estimates[t - 1]);
        // The error is about 4e-9 here and known to about 1e-16; the rate itself holds up to the
        // square of the angle, 5e-8.
        expect(ratio).toBeCloseTo(rate ** 2, 6);
      }
    });

    it('bounds the angle from the first iteration on', () => {
      const first = tangent(converging(iterate(w, start, 1)).v, v);
      for (let t = 2; t < 40; t++) {
        const angle = tangent(converging(iterate(w, start, t)).v, v);
        expect(angle).toBeLessThanOrEqual(first * rate ** (t - 1) * (1 + 1e-9));
      }
    });
  });

  /** The sum of the four singular vectors of one side. */
  function equalParts(x: Float64Array): Float64Array {
    const vectors = householder(x);
    return x.map((_, i) => spectrum.reduce((sum, _sigma, k) => sum + vectors(i, k), 0));
  }
});

describe('a start vector in the null space', () => {
  const ones = new Float64Array([1, 1]);
  const w = matrixOf(2, 2, [1, -1, -1, 1]);

  it.each([
    ['W v = 0', iterateGram],
    ['W^T u = 0', iterateAlternating],
  ] as const)('u = ones is reported with %s', (equation, iterate) => {
    expect(iterate(w, ones, 5)).toMatchObject({
      converging: false,
      reason: expect.stringContaining(equation) as string,
    });
  });

  it('is seen through rounding', () => {
    const noisy = matrixOf(2, 2, [0.1, 0.2 - 0.3, 0.7, 0.1 - 0.8]);
    expect(iterateGram(noisy, ones, 5).converging).toBe(false);
  });

  it('is every vector for the zero matrix', () => {
    expect(iterateAlternating(matrixOf(2, 2, [0, 0, 0, 0]), { seed: 1 }, 5).converging).toBe(false);
  });

  it('is avoided by a random start', () => {
    const { estimates } = converging(iterateAlternating(w, { seed: 1 }, 3));
    expect(estimates[2]).toBeCloseTo(2, 14);
  });
});

describe('a long power iteration', () => {
  it.each([iterateGram, iterateAlternating])('can be ended from outside, by %o', (iterate) => {
    const matrix = matrixOf(400, 400, hashValues(1, 160_000));
    const check = (): void => {
      throw new Error('enough');
    };
    expect(() => iterate(matrix, { seed: 1 }, 10_000, check)).toThrow('enough');
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  euclideanNorm,
  matrixOf,
  multiply,
  multiplyTransposed,
  transpose,
  type Matrix,
} from '../../../src/spectral/matrix';
import { leadingTriplet, singularValues, spectralNorm } from '../../../src/spectral/singularValues';
import { UserError } from '../../../src/shared/userError';
import { hashValues } from '../../fixtures/torch/hashValues';
import { casesOf } from './fixture';

interface SpectrumCase {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Which array of hashValues the matrix is, times `scale`; otherwise `data` holds it. */
  readonly hash?: number;
  readonly scale?: number;
  readonly data?: readonly number[];
  /** By index, largest first; from NumPy in float64. */
  readonly singularValues: Readonly<Record<string, number>>;
}

const fixture = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../fixtures/torch/spectra.json'), 'utf8'),
) as { readonly cases: readonly SpectrumCase[] };

function matrixOfCase({ rows, columns, hash, scale, data }: SpectrumCase): Matrix {
  const values = data ?? hashValues(hash ?? 0, rows * columns, scale);
  return matrixOf(rows, columns, values);
}

const computed = new Map<string, Float64Array>();

/** Of a case of the fixture; those of the largest take too long to be computed for each test. */
function valuesOfCase(spectrum: SpectrumCase): Float64Array {
  const values = computed.get(spectrum.name) ?? singularValues(matrixOfCase(spectrum));
  computed.set(spectrum.name, values);
  return values;
}

describe('singular values', () => {
  // Both sides err by a few 2^-53 ||A||, times a slowly growing function of the size; 1e-13 of the
  // largest value leaves room for 512 rows and would show the loss of a single digit.
  it.each(fixture.cases)('of "$name" equal those of NumPy', (spectrum) => {
    const values = valuesOfCase(spectrum);
    expect(values).toHaveLength(Math.min(spectrum.rows, spectrum.columns));
    for (const [index, expected] of Object.entries(spectrum.singularValues)) {
      const error = Math.abs(values[Number(index)] - expected) / spectrum.singularValues['0'];
      expect(error, `sigma ${index}`).toBeLessThan(1e-13);
    }
  });

  it.each(fixture.cases)('of "$name" stand in descending order', (spectrum) => {
    const values = valuesOfCase(spectrum);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(values.every((value) => value >= 0)).toBe(true);
  });

  it('keep their relative precision where the matrix is graded', () => {
    const values = singularValues(matrixOf(3, 3, [1, 0, 0, 0, 1e-12, 0, 0, 0, 1e-20]));
    [1, 1e-12, 1e-20].forEach((expected, i) => {
      expect(Math.abs(values[i] / expected - 1)).toBeLessThan(1e-14);
    });
  });

  it('of a rank-deficient matrix end in rounding noise, not in the root of it', () => {
    const spectrum = fixture.cases.find(({ name }) => name === 'rank 3 of 8') as SpectrumCase;
    const values = valuesOfCase(spectrum);
    // A method that squares the matrix would leave about 1e-8 here.
    expect(values[3] / values[0]).toBeLessThan(1e-15);
    expect(values[2] / values[0]).toBeGreaterThan(1e-2);
  });

  it('of the zero matrix are zero', () => {
    expect(singularValues(matrixOf(2, 3, new Float64Array(6)))).toEqual(new Float64Array(2));
  });

  it('are those of the transpose', () => {
    const a = matrixOf(9, 20, hashValues(77, 180));
    const [values, ofTranspose] = [singularValues(a), singularValues(transpose(a))];
    values.forEach((value, i) => expect(value).toBeCloseTo(ofTranspose[i], 14));
  });

  it('satisfy the identities of trace and determinant', () => {
    const [a, b, c, d] = [0.3, -1.7, 2.9, 0.4];
    const values = singularValues(matrixOf(2, 2, [a, b, c, d]));
    expect(values[0] * values[1]).toBeCloseTo(Math.abs(a * d - b * c), 14);
    expect(values[0] ** 2 + values[1] ** 2).toBeCloseTo(a * a + b * b + c * c + d * d, 13);
  });

  it('survive the smallest and largest floating-point numbers', () => {
    expect(singularValues(matrixOf(1, 2, [5e-324, 0]))[0]).toBe(5e-324);
    const largest = singularValues(matrixOf(2, 2, [1e308, 0, 0, -1e308]));
    largest.forEach((value) => expect(value / 1e308).toBeCloseTo(1, 14));
  });

  it('do not change the matrix', () => {
    const a = matrixOf(4, 6, hashValues(5, 24));
    singularValues(a);
    leadingTriplet(transpose(a));
    expect(a.data).toEqual(hashValues(5, 24));
  });
});

interface HardCase {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Arrays of hashValues that it is made of. */
  readonly hash: readonly number[];
  readonly scale?: number;
  /** Of a product of two matrices of whole numbers. */
  readonly rank?: number;
  readonly repeated?: boolean;
  /** All of them, by NumPy in float64. */
  readonly singularValues: readonly number[];
}

const hardCases = casesOf<HardCase>('spectra');

function hardMatrix({ rows, columns, hash, scale, rank, repeated }: HardCase): Matrix {
  if (repeated) {
    const base = hashValues(hash[0], 24 * columns);
    const all = [...base, ...base.subarray(0, 12 * columns), ...base.map((value) => -value)];
    return matrixOf(rows, columns, all);
  }
  if (rank === undefined)
    return matrixOf(rows, columns, hashValues(hash[0], rows * columns, scale));
  const whole = (k: number, count: number): Float64Array =>
    hashValues(k, count).map((value) => roundHalfToEven(16 * value));
  const [left, right] = [whole(hash[0], rows * rank), whole(hash[1], rank * columns)];
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < rank; k++)
        data[i * columns + j] += left[i * rank + k] * right[k * columns + j];
    }
  }
  return matrixOf(rows, columns, data);
}

/** As NumPy rounds. */
function roundHalfToEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

describe('the singular values of a hard matrix', () => {
  it.each(hardCases)('$name are all those of NumPy', (spectrum) => {
    const values = singularValues(hardMatrix(spectrum));
    expect(values).toHaveLength(spectrum.singularValues.length);
    // As above. Of denormal numbers NumPy itself has no more than 60 - 10 bits.
    const tolerance = spectrum.scale !== undefined && spectrum.scale < 1e-300 ? 1e-12 : 1e-13;
    values.forEach((value, i) => {
      const error = Math.abs(value - spectrum.singularValues[i]) / spectrum.singularValues[0];
      expect(error, `sigma ${i}`).toBeLessThan(tolerance);
    });
  });

  it('can be left before they are found', () => {
    const a = matrixOf(256, 1152, hashValues(2, 256 * 1152));
    let checks = 0;
    const check = (): void => {
      if (++checks === 2) throw new Error('enough');
    };
    expect(() => singularValues(a, check)).toThrow('enough');
    expect(() => leadingTriplet(a, check)).not.toThrow();
    expect(checks).toBeGreaterThan(3);
  });

  it('of a bidiagonal kind have clusters of any width', () => {
    // Two reflections around a diagonal matrix leave its values and hide them in full rows.
    const diagonal = [1, 1, 1, 1 - 1e-14, 1 - 1e-7, 0.5, 0.5, 1e-3, 1e-9, 0];
    const [x, y] = [hashValues(31, 10), hashValues(32, 10)];
    const reflect = (v: Float64Array, i: number, j: number): number =>
      (i === j ? 1 : 0) - (2 * v[i] * v[j]) / euclideanNorm(v) ** 2;
    const data = Float64Array.from({ length: 100 }, (_, place) => {
      const [i, j] = [Math.floor(place / 10), place % 10];
      return diagonal.reduce((sum, d, k) => sum + reflect(x, i, k) * d * reflect(y, k, j), 0);
    });
    singularValues(matrixOf(10, 10, data)).forEach((value, i) => {
      expect(Math.abs(value - diagonal[i])).toBeLessThan(1e-14);
    });
  });
});

describe('the leading triplet', () => {
  it.each(fixture.cases)('of "$name" satisfies A v = sigma u and A^T u = sigma v', (spectrum) => {
    const a = matrixOfCase(spectrum);
    const { sigma, u, v } = leadingTriplet(a);
    // sigma itself is compared with NumPy; backward stability bounds the residuals by a few
    // 1e-16 sigma times a slowly growing function of the size.
    expect(Math.abs(sigma / spectrum.singularValues['0'] - 1)).toBeLessThan(1e-13);
    expect(Math.abs(euclideanNorm(u) - 1)).toBeLessThan(1e-13);
    expect(Math.abs(euclideanNorm(v) - 1)).toBeLessThan(1e-13);
    const right = multiply(a, v).map((value, i) => value / sigma - u[i]);
    const left = multiplyTransposed(a, u).map((value, i) => value / sigma - v[i]);
    expect(euclideanNorm(right)).toBeLessThan(1e-13);
    expect(euclideanNorm(left)).toBeLessThan(1e-13);
  });

  it('of the zero matrix is finite', () => {
    const { sigma, u, v } = leadingTriplet(matrixOf(2, 3, new Float64Array(6)));
    expect([sigma, ...u, ...v]).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('comes with the second singular value', () => {
    const a = matrixOf(7, 12, hashValues(6, 84));
    expect(leadingTriplet(a).next).toBe(singularValues(a)[1]);
    expect(leadingTriplet(matrixOf(1, 3, [1, 2, 2])).next).toBe(0);
  });
});

describe('a matrix', () => {
  it.each([
    [0, 3],
    [3, 0],
    [-1, 2],
    [1.5, 2],
  ])('of %d x %d is refused', (rows, columns) => {
    expect(() => matrixOf(rows, columns, [])).toThrow(UserError);
  });

  it('with the wrong number of values is refused', () => {
    expect(() => matrixOf(2, 2, [1, 2, 3])).toThrow('needs 4 values, but 3 were given');
  });

  it.each([NaN, Infinity, -Infinity])('that holds %d is refused with its place', (broken) => {
    expect(() => matrixOf(2, 3, [1, 2, 3, 4, broken, 6])).toThrow('row 1, column 1');
  });
});

describe('what the spectral norm is not', () => {
  // For a matrix [[a, b], [c, d]] with real eigenvalues or a complex pair.
  function largestEigenvalueMagnitude([a, b, c, d]: readonly number[]): number {
    const half = (a + d) / 2;
    const discriminant = half * half - (a * d - b * c);
    if (discriminant < 0) return Math.sqrt(a * d - b * c);
    return Math.abs(half) + Math.sqrt(discriminant);
  }

  it.each([
    { matrix: [0, 1, 0, 0], radius: 0, norm: 1 },
    { matrix: [1, 1, 0, 1], radius: 1, norm: (1 + Math.sqrt(5)) / 2 },
    { matrix: [0, 2, -1, 0], radius: Math.SQRT2, norm: 2 },
  ])('the largest |eigenvalue| $radius of $matrix is not its norm', ({ matrix, radius, norm }) => {
    expect(largestEigenvalueMagnitude(matrix)).toBeCloseTo(radius, 14);
    expect(spectralNorm(matrixOf(2, 2, matrix))).toBeCloseTo(norm, 14);
  });

  it('for a symmetric matrix, which is normal, the two agree', () => {
    const symmetric = [2, -3, -3, 1];
    expect(spectralNorm(matrixOf(2, 2, symmetric))).toBeCloseTo(
      largestEigenvalueMagnitude(symmetric),
      14,
    );
  });

  it('W / sigma^2 leaves the norm 1 / sigma, W / sigma the norm 1', () => {
    const w = hashValues(64, 64 * 27, 2 ** -4);
    const sigma = spectralNorm(matrixOf(64, 27, w));
    const divided = (by: number): number =>
      spectralNorm(
        matrixOf(
          64,
          27,
          w.map((value) => value / by),
        ),
      );
    expect(Math.abs(sigma - 1)).toBeGreaterThan(0.1);
    expect(divided(sigma)).toBeCloseTo(1, 13);
    expect(divided(sigma ** 2) * sigma).toBeCloseTo(1, 13);
  });
});

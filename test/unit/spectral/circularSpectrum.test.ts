import { describe, expect, it } from 'vitest';
import { circularNorm, circularNorms } from '../../../src/spectral/circularNorm';
import { circularSpectrum } from '../../../src/spectral/circularSpectrum';
import { complexSingularValues } from '../../../src/spectral/complexSingularValues';
import type { Convolution } from '../../../src/spectral/convolution';
import { PROVEN } from '../../../src/spectral/provenNorm';
import { singularValues } from '../../../src/spectral/singularValues';
import { hashValues } from '../../fixtures/torch/hashValues';
import { casesOf, type Geometry, geometryOf, hashed, randomKernels } from './fixture';

interface CircularCase extends Geometry {
  readonly name: string;
  /** Of the dense circulant matrix, by NumPy. */
  readonly values: readonly number[];
}

const cases = casesOf<CircularCase>('circular').map((found, index) => ({
  ...found,
  convolution: hashed(found, 400 + index),
}));

describe('the spectrum of a circular convolution', () => {
  it.each(cases)('"$name" is that of its dense matrix by NumPy', (found) => {
    const values = circularSpectrum(found.convolution, found.inputSize);
    expect(values).toHaveLength(found.values.length);
    // Rounding of matrices of some 100 rows on either side; 1e-12 of the largest would show one
    // wrong digit of a wave.
    values.forEach((value, i) => {
      expect(Math.abs(value - found.values[i]) / found.values[0]).toBeLessThan(1e-12);
    });
  });

  it.each(cases)('"$name" has a largest value that is found by itself', (found) => {
    const norm = circularNorm(found.convolution, found.inputSize);
    // What is proven is a factor of 1 + 2^-26; what is found is nearer still.
    expect(norm * PROVEN).toBeGreaterThanOrEqual(found.values[0]);
    expect(Math.abs(norm / found.values[0] - 1)).toBeLessThan(2 ** -26);
  });

  it.each([1e-300, 1e-170, 1e170, 1e300])('scales with a weight of %d', (scale) => {
    const { convolution, inputSize, values } = cases[0];
    const scaled = { ...convolution, weight: convolution.weight.map((value) => value * scale) };
    circularSpectrum(scaled, inputSize).forEach((value, i) => {
      expect(Math.abs(value / scale - values[i]) / values[0]).toBeLessThan(1e-12);
    });
    expect(circularNorm(scaled, inputSize) / scale / values[0]).toBeCloseTo(1, 7);
  });

  it('of zeros is zeros', () => {
    const { convolution, inputSize } = cases[0];
    const zero = { ...convolution, weight: new Float64Array(convolution.weight.length) };
    expect(circularSpectrum(zero, inputSize)).toEqual(new Float64Array(40));
    expect(circularNorm(zero, inputSize)).toBe(0);
  });

  it('of a box filter begins with 3 and the matrix with 1', () => {
    const c: Convolution = {
      ...geometryOf([1, 1, 3, 3], [8, 8]),
      weight: new Float64Array(9).fill(1 / 3),
    };
    expect(circularSpectrum(c, [8, 8])[0]).toBeCloseTo(3, 13);
    expect(circularNorm(c, [8, 8])).toBeCloseTo(3, 13);
    expect(singularValues({ rows: 1, columns: 9, data: c.weight })[0]).toBeCloseTo(1, 14);
  });

  it('of a pointwise kernel is that of its matrix once for each pixel', () => {
    const c = hashed(geometryOf([3, 5, 1, 1], [4, 3]), 5);
    const once = singularValues({ rows: 3, columns: 5, data: c.weight });
    circularSpectrum(c, [4, 3]).forEach((value, i) => {
      expect(value).toBeCloseTo(once[Math.floor(i / 12)], 13);
    });
  });

  it('has squares that add up to those of the weights', () => {
    // Each output pixel sees every tap once: ||A||_F^2 = pixels * ||W||_F^2.
    const c = hashed(geometryOf([4, 3, 4, 4], [8, 12], { stride: [2, 3] }), 6);
    const squares = (values: Float64Array): number => values.reduce((sum, v) => sum + v * v, 0);
    expect(squares(circularSpectrum(c, [8, 12])) / (16 * squares(c.weight))).toBeCloseTo(1, 12);
  });

  it('is taken on the next larger grid that the stride divides', () => {
    const c = hashed(geometryOf([2, 2, 4, 4], [5, 5], { stride: [2, 2] }), 7);
    expect(circularSpectrum(c, [5, 3])).toEqual(circularSpectrum(c, [6, 4]));
  });

  it('can be ended from outside', () => {
    const c = hashed(geometryOf([64, 64, 4, 4], [16, 16], { stride: [2, 2] }), 12);
    const check = (): void => {
      throw new Error('enough');
    };
    expect(() => circularSpectrum(c, [16, 16], check)).toThrow('enough');
    expect(() => circularNorm(c, [16, 16], check)).toThrow('enough');
  });

  it('of weights that are not finite is refused', () => {
    const { convolution, inputSize } = cases[0];
    const broken = { ...convolution, weight: convolution.weight.with(0, Infinity) };
    expect(() => circularSpectrum(broken, inputSize)).toThrow('not finite');
    expect(() => circularNorm(broken, inputSize)).toThrow('not finite');
  });
});

describe('the largest singular value of a circular convolution', () => {
  it('is the first of the spectrum, for any kernel on grids smaller and larger than it', () => {
    for (const c of randomKernels(150)) {
      const normOn = circularNorms(c);
      // Of 11 and 16 most are interpolated; on 2 kernels wrap around.
      for (const grid of [
        [11, 16],
        [2, 12],
        [3, 3],
      ] as const) {
        const [first] = circularSpectrum(c, grid);
        const norm = normOn(grid);
        // What was found at one frequency may stand for another that is larger by less than the proof
        // can tell, which is 2^-26.
        expect(Math.abs(norm - first), JSON.stringify(c)).toBeLessThanOrEqual(first * 2 ** -26);
      }
    }
  });

  it('is proven beside others that are all but equal', () => {
    // An isometry at all frequencies: each pixel is moved. The bound of each is reached.
    const weight = Float64Array.from({ length: 8 * 8 * 9 }, (_, i) =>
      Math.floor(i / 9) % 9 === 0 && i % 9 === Math.floor(i / 72) % 9 ? 1 : 0,
    );
    const c: Convolution = { ...geometryOf([8, 8, 3, 3], [20, 20]), weight };
    expect(Math.abs(circularNorm(c, [20, 20]) - 1)).toBeLessThan(2 ** -26);
    // Only one of them larger by a little.
    const larger = { ...c, weight: weight.with(0, 1 + 2 ** -20) };
    const [first] = circularSpectrum(larger, [6, 6]);
    expect(first).toBeCloseTo(1 + 2 ** -20, 12);
    expect(Math.abs(circularNorm(larger, [6, 6]) / first - 1)).toBeLessThan(2 ** -26);
  });
});

describe('the singular values of a complex matrix', () => {
  // [[Re, -Im], [Im, Re]] has each of them twice, and is decomposed by other code.
  it.each([
    [1, 1],
    [1, 6],
    [7, 1],
    [5, 5],
    [6, 17],
    [17, 6],
    [40, 40],
  ])('of %d x %d are those of its real embedding, once each', (rows, columns) => {
    const real = hashValues(rows, rows * columns);
    const imaginary = hashValues(columns + 50, rows * columns);
    // A column of zeros and one that is only imaginary must not trip a reflection.
    if (columns > 2) for (let i = 0; i < rows; i++) real[i * columns + 2] = 0;
    if (columns > 3) for (let i = 0; i < rows; i++) imaginary[i * columns + 2] = 0;
    const data = new Float64Array(4 * rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const [a, b] = [real[i * columns + j], imaginary[i * columns + j]];
        data[i * 2 * columns + j] = a;
        data[i * 2 * columns + columns + j] = -b;
        data[(rows + i) * 2 * columns + j] = b;
        data[(rows + i) * 2 * columns + columns + j] = a;
      }
    }
    const twice = singularValues({ rows: 2 * rows, columns: 2 * columns, data });
    const values = complexSingularValues({ rows, columns, real, imaginary }, () => undefined);
    expect(values).toHaveLength(Math.min(rows, columns));
    values.forEach((value, i) => {
      expect(Math.abs(value - twice[2 * i]) / twice[0]).toBeLessThan(1e-14);
    });
  });
});

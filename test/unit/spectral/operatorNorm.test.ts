import { describe, expect, it } from 'vitest';
import type { Convolution } from '../../../src/spectral/convolution';
import { operatorNorm } from '../../../src/spectral/operatorNorm';
import { singularValues, spectralNorm } from '../../../src/spectral/singularValues';
import { hashValues } from '../../fixtures/torch/hashValues';
import { casesOf, denseMatrix, type Geometry, geometryOf, hashed, randomKernels } from './fixture';

interface OperatorCase extends Geometry {
  readonly name: string;
  readonly norm: number;
}

const cases = casesOf<OperatorCase>('operators').map((found, index) => ({
  ...found,
  convolution: hashed(found, 100 + index),
}));
const closely = { tolerance: 1e-10, applications: 500 };

function box(taps: number, size: number, other: Partial<Geometry>): Convolution {
  const geometry = geometryOf([1, 1, taps, taps], [size, size], other);
  return { ...geometry, weight: new Float64Array(taps * taps).fill(1 / taps) };
}

describe('the true norm of a convolution', () => {
  it.each(cases)('"$name" is that of its dense matrix by NumPy', ({ convolution, norm }) => {
    const { value, residual } = operatorNorm(convolution, closely);
    expect(residual).toBeLessThanOrEqual(1e-10);
    // The error is of the order of the residual squared, unless two values lie as near as that.
    expect(Math.abs(value / norm - 1)).toBeLessThan(1e-10);
  });

  it('is that of the dense matrix over 300 random geometries', () => {
    for (const c of randomKernels(300)) {
      const norm = spectralNorm(denseMatrix(c));
      const { value } = operatorNorm(c, closely);
      // Some of the sparse ones are 0 altogether.
      if (!(Math.abs(value - norm) <= 1e-10 * norm)) {
        expect.fail(`${value} is not ${norm} for ${JSON.stringify(c)}`);
      }
    }
  });

  it('proves how near a singular value is when it ends early', () => {
    const { convolution, norm } = cases[3];
    const values = singularValues(denseMatrix(convolution));
    for (const applications of [1, 2, 3, 5]) {
      const found = operatorNorm(convolution, { tolerance: 1e-12, applications });
      expect(found.applications).toBe(applications);
      expect(found.value).toBeLessThan(norm);
      expect(found.residual).toBeGreaterThan(1e-12);
      const nearest = Math.min(...values.map((value) => Math.abs(value / found.value - 1)));
      expect(nearest).toBeLessThanOrEqual(found.residual);
    }
  });

  it.each([1e-300, 1e-160, 1e160, 1e300])('scales with a weight of %d', (scale) => {
    const { convolution, norm } = cases[2];
    const weight = convolution.weight.map((value) => value * scale);
    const { value } = operatorNorm({ ...convolution, weight }, closely);
    expect(Math.abs(value / scale / norm - 1)).toBeLessThan(1e-10);
  });

  it('of zeros is 0', () => {
    const { convolution } = cases[0];
    const weight = new Float64Array(convolution.weight.length);
    expect(operatorNorm({ ...convolution, weight }, closely)).toMatchObject({
      value: 0,
      residual: 0,
    });
  });

  it('of taps that only see zeros is 0', () => {
    // The kernel's right half lies beyond the single pixel.
    const geometry = geometryOf([1, 1, 1, 2], [1, 1], { padding: [0, 0, 0, 1] });
    const found = operatorNorm({ ...geometry, weight: Float64Array.of(0, 3) }, closely);
    expect(found).toMatchObject({ value: 0, residual: 0 });
  });

  it('of weights that are not finite is refused', () => {
    const { convolution } = cases[0];
    const weight = convolution.weight.with(3, NaN);
    expect(() => operatorNorm({ ...convolution, weight }, closely)).toThrow('not finite');
  });

  it('of a pointwise kernel is that of its matrix', () => {
    const c = hashed(geometryOf([6, 9, 1, 1], [7, 5]), 9);
    const matrix = { rows: 6, columns: 9, data: c.weight };
    expect(operatorNorm(c, closely).value / spectralNorm(matrix)).toBeCloseTo(1, 10);
  });

  it('of a box filter is (1 + 2 cos(pi / (n + 1)))^2 / 3, towards 3 times that of its matrix', () => {
    // The operator is the product of one tridiagonal matrix of ones for each direction.
    for (const size of [4, 16, 33]) {
      const { value } = operatorNorm(box(3, size, { padding: [1, 1, 1, 1] }), closely);
      const expected = (1 + 2 * Math.cos(Math.PI / (size + 1))) ** 2 / 3;
      expect(Math.abs(value / expected - 1)).toBeLessThan(1e-10);
      expect(value).toBeLessThan(3);
    }
  });

  it('of a 4 x 4 box of stride 2 is nearly twice that of its matrix', () => {
    const c = box(4, 16, { stride: [2, 2], padding: [1, 1, 1, 1] });
    expect(spectralNorm({ rows: 1, columns: 16, data: c.weight })).toBeCloseTo(1, 14);
    const { value } = operatorNorm(c, closely);
    expect(Math.abs(value / spectralNorm(denseMatrix(c)) - 1)).toBeLessThan(1e-10);
    expect(value).toBeCloseTo(1.93, 1);
  });

  it('is found sooner from a good guess, and no worse from a bad one', () => {
    const c = hashed(geometryOf([16, 12, 3, 3], [10, 10], { padding: [1, 1, 1, 1] }), 11);
    const plain = operatorNorm(c, { tolerance: 1e-7, applications: 400 });
    const limits = { tolerance: 1e-7, applications: 400 };
    const warm = operatorNorm(c, { ...limits, guess: plain.vector });
    expect(warm.applications).toBeLessThan(plain.applications);
    const wrong = [hashValues(4, 1200), new Float64Array(1200), new Float64Array(3).fill(NaN)];
    for (const found of [warm, ...wrong.map((guess) => operatorNorm(c, { ...limits, guess }))]) {
      expect(Math.abs(found.value / plain.value - 1)).toBeLessThan(1e-10);
    }
  });

  it('is found with little memory, in more applications', () => {
    const c = hashed(geometryOf([16, 12, 3, 3], [10, 10], { padding: [1, 1, 1, 1] }), 11);
    const plain = operatorNorm(c, { tolerance: 1e-7, applications: 400 });
    const frugal = operatorNorm(c, { tolerance: 1e-7, applications: 2000, memory: 12 * 1200 });
    expect(Math.abs(frugal.value / plain.value - 1)).toBeLessThan(1e-10);
    expect(frugal.residual).toBeLessThan(1e-7);
    expect(frugal.applications).toBeGreaterThan(plain.applications);
    const ended = operatorNorm(c, { tolerance: 1e-12, applications: 17, memory: 0 });
    expect(ended.applications).toBe(17);
  });

  it('can be ended from outside', () => {
    const c = hashed(geometryOf([64, 64, 4, 4], [16, 16], { stride: [2, 2] }), 12);
    const check = (): void => {
      throw new Error('enough');
    };
    expect(() => operatorNorm(c, { ...closely, check })).toThrow('enough');
  });
});

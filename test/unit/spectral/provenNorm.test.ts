import { describe, expect, it } from 'vitest';
import { RandomStream, randomPurpose } from '../../../src/shared/random';
import { isPositiveDefinite } from '../../../src/spectral/cholesky';
import { dot, matrixOf, type Matrix } from '../../../src/spectral/matrix';
import { PROVEN, gramMatrix, largestEigenvalue } from '../../../src/spectral/provenNorm';
import { spectralNorm } from '../../../src/spectral/singularValues';
import { hashValues } from '../../fixtures/torch/hashValues';

const idle = (): void => undefined;
const never = (): number => expect.fail('the proof should not fail');

function gramOf(size: number, length: number): { gram: Matrix; largest: number } {
  const a = matrixOf(size, length, hashValues(size, size * length));
  return { gram: gramMatrix(a, idle), largest: spectralNorm(a) ** 2 };
}

describe('the proof that no eigenvalue is larger', () => {
  // 32 columns are factored at once: one block, its edges, and several blocks.
  it.each([1, 2, 31, 32, 33, 70, 128])('holds from the largest of %d on and not below', (size) => {
    const { gram, largest } = gramOf(size, size + 9);
    expect(isPositiveDefinite(gram, largest * (1 + 1e-11))).toBe(true);
    expect(isPositiveDefinite(gram, largest * (1 - 1e-11))).toBe(false);
    expect(isPositiveDefinite(gram, largest / 2)).toBe(false);
  });

  it('reads the lower half alone and changes nothing', () => {
    const { gram, largest } = gramOf(40, 50);
    const { data } = gram;
    const noisy = data.map((value, i) => (i % 40 > Math.floor(i / 40) ? NaN : value));
    const held = noisy.slice();
    expect(isPositiveDefinite({ ...gram, data: noisy }, largest * 1.001)).toBe(true);
    expect(noisy).toEqual(held);
  });

  it('fails for what is not a number', () => {
    expect(isPositiveDefinite(matrixOf(1, 1, [1]), NaN)).toBe(false);
  });
});

describe('the largest eigenvalue', () => {
  it.each([1, 5, 40, 100])('of %d rows is the square of the norm', (size) => {
    const { gram, largest } = gramOf(size, 2 * size);
    expect(Math.abs(largestEigenvalue(gram, 0, idle, never) / largest - 1)).toBeLessThan(1e-12);
  });

  it('is what is known already where that is no less', () => {
    const { gram, largest } = gramOf(20, 30);
    for (const known of [largest, 3 * largest]) {
      expect(largestEigenvalue(gram, known, idle, never)).toBe(known);
    }
    expect(largestEigenvalue(gram, largest * (1 - 1e-6), idle, never)).toBeGreaterThan(
      largest * (1 - 1e-12),
    );
  });

  it('that the search cannot see is looked for otherwise', () => {
    // A direction orthogonal to the start, so that Lanczos' method stays at the eigenvalue 1.
    const start = Float64Array.from(new RandomStream(0, randomPurpose.powerIteration).normals(6));
    const hidden = Float64Array.of(start[1], -start[0], 0, 0, 0, 0);
    const squares = dot(hidden, hidden);
    const data = Float64Array.from({ length: 36 }, (_, place) => {
      const [i, j] = [Math.floor(place / 6), place % 6];
      return (i === j ? 1 : 0) + (hidden[i] * hidden[j]) / squares;
    });
    let asked = 0;
    const otherwise = (): number => {
      asked++;
      return 2;
    };
    expect(largestEigenvalue({ rows: 6, columns: 6, data }, 0, idle, otherwise)).toBe(2);
    expect(asked).toBe(1);
    expect(PROVEN).toBeGreaterThan(1);
  });
});

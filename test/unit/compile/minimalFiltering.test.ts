import { describe, expect, it } from 'vitest';
import {
  minimalFiltering,
  mirrored,
  transposed,
  type Matrix,
} from '../../../src/compile/minimalFiltering';

const times = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i], 0));

describe('minimal filtering', () => {
  it('is that of Lavin and Gray at their points, but for the scale of its rows', () => {
    const { toOutputs, ofTaps, ofInputs } = minimalFiltering(3, [0, 1, -1]);
    expect(toOutputs).toEqual([
      [1, 1, 1, 0],
      [0, 1, -1, 1],
    ]);
    expect(ofTaps).toEqual([
      [1, 0, 0],
      [1, 1, 1],
      [1, -1, 1],
      [0, 0, 1],
    ]);
    // Theirs (section 4.1) have the last row of Bᵀ and the last column of Aᵀ with the other sign,
    // and the halves of Bᵀ in G.
    expect(ofInputs.map((row) => row.map((value) => value + 0))).toEqual([
      [1, 0, -1, 0],
      [0, 0.5, 0.5, 0],
      [0, -0.5, 0.5, 0],
      [0, -1, 0, 1],
    ]);
  });

  it.each([
    [3, [0, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT2, -Math.SQRT2]],
    [3, [0, 1, -1]],
    [2, [0, 1, -1, 2]],
  ])('of %i taps with points %j makes the outputs of a plain sum', (taps, points) => {
    const filtering = minimalFiltering(taps, points);
    const { inputs, outputs, toOutputs, ofTaps, ofInputs } = filtering;
    const d = Array.from({ length: inputs }, (_, i) => Math.sin(3 * i + 1));
    const g = Array.from({ length: taps }, (_, i) => Math.cos(2 * i));
    const values = times(ofTaps, g);
    const products = times(ofInputs, d).map((value, i) => value * values[i]);
    const plain = Array.from({ length: outputs }, (_, i) =>
      g.reduce((sum, tap, j) => sum + tap * d[i + j], 0),
    );
    times(toOutputs, products).forEach((value, i) => expect(value).toBeCloseTo(plain[i], 13));
  });
});

describe('a matrix', () => {
  it('is transposed and mirrored', () => {
    const matrix = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(transposed(matrix)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(mirrored(matrix)).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { filtering } from '../../../src/compile/kernels/winograd';
import {
  minimalFiltering,
  mirrored,
  transposed,
  type Matrix,
  type MinimalFiltering,
} from '../../../src/compile/minimalFiltering';
import { RandomStream, randomPurpose } from '../../../src/shared/random';

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

/** Rows times columns, every product and every sum rounded to float32. */
const rounded = (matrix: Matrix, vector: readonly number[]): number[] =>
  matrix.map((row) =>
    row.reduce((sum, value, i) => Math.fround(sum + Math.fround(value * vector[i])), 0),
  );

/** What a matrix does along both axes, in float32. */
const bothAxes = (matrix: Matrix): Matrix =>
  matrix.flatMap((down) =>
    matrix.map((across) => down.flatMap((a) => across.map((b) => Math.fround(a * b)))),
  );

/** Relative rounding errors (root mean square) of a 3x3 convolution of many channels in float32. */
function roundingErrors(channels: number, { toOutputs, ofTaps, ofInputs }: MinimalFiltering) {
  const [outputs, taps, inputs] = [toOutputs, ofTaps, ofInputs].map(bothAxes);
  const random = new RandomStream(3, randomPurpose.weights);
  const products = inputs.map(() => 0);
  const plain = outputs.map(() => 0);
  const exact = outputs.map(() => 0);
  for (let channel = 0; channel < channels; channel++) {
    const d = [...random.normals(36)];
    const g = [...random.normals(9)];
    const values = rounded(taps, g);
    rounded(inputs, d).forEach((value, i) => {
      products[i] = Math.fround(products[i] + Math.fround(value * values[i]));
    });
    exact.forEach((_, i) =>
      g.forEach((tap, j) => {
        const pixel = d[((i >> 2) + Math.floor(j / 3)) * 6 + (i & 3) + (j % 3)];
        exact[i] += tap * pixel;
        plain[i] = Math.fround(plain[i] + Math.fround(tap * pixel));
      }),
    );
  }
  const error = (found: readonly number[]): number =>
    Math.hypot(...found.map((value, i) => value - exact[i])) / Math.hypot(...exact);
  return { filtered: error(rounded(outputs, products)), plain: error(plain) };
}

describe('the filtering of 3x3 convolutions', () => {
  it('rounds a few times as much as a plain sum, and less than with the usual points', () => {
    const { filtered, plain } = roundingErrors(256, filtering);
    expect(filtered).toBeLessThan(8 * plain);
    expect(filtered).toBeLessThan(5e-6);
    const usual = roundingErrors(256, minimalFiltering(3, [0, 1, -1, 2, -2]));
    expect(filtered).toBeLessThan(0.7 * usual.filtered);
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

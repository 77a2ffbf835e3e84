import { describe, expect, it } from 'vitest';
import {
  convolve,
  convolveTransposed,
  geometryFlaw,
  outputSize,
} from '../../../src/spectral/convolution';
import { convolutionMap } from '../../../src/spectral/convolutionMap';
import { dot, euclideanNorm } from '../../../src/spectral/matrix';
import { hashValues } from '../../fixtures/torch/hashValues';
import { casesOf, type Geometry, geometryOf, hashed } from './fixture';

interface OperatorCase extends Geometry {
  readonly name: string;
  readonly outputSize: readonly [number, number];
  readonly output: readonly number[];
}

const cases = casesOf<OperatorCase>('operators').map((found, index) => {
  const convolution = hashed(found, 100 + index);
  const { inputs, outputs } = convolutionMap(convolution);
  return { ...found, index, convolution, inputs, outputs };
});

describe('a convolution', () => {
  it.each(cases)('"$name" has the output of PyTorch', (found) => {
    expect(outputSize(found.convolution)).toEqual(found.outputSize);
    const y = convolve(found.convolution, hashValues(200 + found.index, found.inputs));
    expect(y).toHaveLength(found.output.length);
    // Sums of at most 60 products below 1/4 in another order: 60 * 2^-53 * 15 is below 1e-13.
    y.forEach((value, i) => expect(Math.abs(value - found.output[i])).toBeLessThan(1e-13));
  });

  it.each(cases)('"$name" has the adjoint with <A x, y> = <x, A^T y>', (found) => {
    const x = hashValues(1, found.inputs);
    const y = hashValues(2, found.outputs);
    const image = convolve(found.convolution, x);
    const back = convolveTransposed(found.convolution, y);
    const scale = euclideanNorm(image) * euclideanNorm(y);
    expect(scale).toBeGreaterThan(0);
    // Rounding alone: some 100 products for each value, so far below 100 * 2^-53 of the lengths.
    expect(Math.abs(dot(image, y) - dot(x, back)) / scale).toBeLessThan(1e-14);
  });

  it('larger than a block of rows is still exact', () => {
    // 300 inputs of 2 x 2 taps are more than the 256 values that are multiplied at once, and 70
    // windows more than a tile; small whole numbers have exact sums.
    const geometry = geometryOf([5, 300, 2, 2], [8, 11]);
    const whole = (k: number, count: number): Float64Array =>
      hashValues(k, count).map((value) => Math.round(16 * value));
    const c = { ...geometry, weight: whole(1, 5 * 300 * 4) };
    const x = whole(2, 300 * 88);
    const y = convolve(c, x);
    for (const [o, row, column] of [
      [0, 0, 0],
      [4, 6, 9],
      [3, 5, 4],
    ]) {
      let sum = 0;
      for (let channel = 0; channel < 300; channel++) {
        for (const [dy, dx] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ]) {
          const weight = c.weight[((o * 300 + channel) * 2 + dy) * 2 + dx];
          sum += weight * x[(channel * 8 + row + dy) * 11 + column + dx];
        }
      }
      expect(y[(o * 7 + row) * 10 + column]).toBe(sum);
    }
  });

  it('can be applied again and again', () => {
    const { convolution, inputs } = cases[1];
    const map = convolutionMap(convolution);
    const x = hashValues(3, inputs);
    const [once, back] = [map.apply(x), map.applyTransposed(map.apply(x))];
    expect(map.apply(x)).toEqual(once);
    expect(map.applyTransposed(once)).toEqual(back);
    expect(x).toEqual(hashValues(3, inputs));
  });

  it('refuses an image or a weight of another size', () => {
    const c = hashed(geometryOf([2, 3, 3, 3], [4, 4]), 1);
    expect(() => convolve(c, new Float64Array(47))).toThrow('has 47 values');
    expect(() => convolve({ ...c, weight: c.weight.subarray(1) }, new Float64Array(48))).toThrow(
      'needs 54 values, but 53 were given',
    );
  });
});

describe('the geometry of a convolution', () => {
  const good = geometryOf([4, 2, 3, 3], [8, 8]);

  it('has no flaw where PyTorch accepts it', () => {
    for (const found of cases) expect(geometryFlaw(found)).toBeUndefined();
    expect(geometryFlaw({ ...good, inputSize: [1, 1], padding: [1, 1, 1, 1] })).toBeUndefined();
  });

  it.each([
    ['a kernel above its input', { inputSize: [2, 8] }, '3 pixels high, but the input'],
    ['too wide a kernel', { inputSize: [8, 2] }, '3 pixels wide, but the input'],
    ['a dilated kernel above its input', { dilation: [1, 4] }, '9 pixels wide'],
    ['a stride of 0', { stride: [1, 0] }, 'whole numbers of 1 or more'],
    ['half a pixel', { inputSize: [7.5, 8] }, 'whole numbers of 1 or more'],
    ['negative padding', { padding: [0, -1, 0, 0] }, 'Padding must be'],
    ['groups that do not divide', { groups: 3 }, 'cannot be divided into 3 groups'],
    ['output padding without need', { outputPadding: [1, 0] }, 'Only a transposed'],
    [
      'output padding of a whole stride',
      { transposed: true, stride: [2, 2], outputPadding: [0, 2] },
      'output padding of 2',
    ],
    [
      'nothing left of the output',
      { transposed: true, inputSize: [1, 8], padding: [2, 1, 0, 0] },
      'would be 0 pixels high',
    ],
  ] as const)('with %s is refused in a sentence', (_, change, words) => {
    const broken = { ...good, ...change } as Geometry;
    expect(geometryFlaw(broken)).toContain(words);
    expect(() => convolve(hashed(broken, 1), new Float64Array(128))).toThrow(words);
  });
});

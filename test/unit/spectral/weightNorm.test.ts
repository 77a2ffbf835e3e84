import { describe, expect, it } from 'vitest';
import { RandomStream, randomPurpose } from '../../../src/shared/random';
import { matrixOf } from '../../../src/spectral/matrix';
import { leadingTriplet, spectralNorm } from '../../../src/spectral/singularValues';
import { weightNorm, type Weight } from '../../../src/spectral/weightNorm';

const random = (length: number, seed = 1): Float32Array =>
  new RandomStream(seed, randomPurpose.weights).normals(length);

/** The Gram matrix as a device makes it: summed in float32, or of factors rounded even more. */
function gramOf(data: Float32Array, outputs: number, round = Math.fround): Float32Array {
  const gram = new Float32Array(outputs * outputs);
  for (let row = 0; row < data.length; row += outputs) {
    for (let i = 0; i < outputs; i++) {
      const x = round(data[row + i]);
      for (let j = 0; j < outputs; j++) gram[i * outputs + j] += x * round(data[row + j]);
    }
  }
  return gram;
}

/** Ten bits after the first, as TensorFloat-32 keeps. */
const tensorFloat = (x: number): number => {
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x) || 1)) - 10);
  return Math.round(x / unit) * unit;
};

function weightOf(data: Float32Array, outputs: number, change: Partial<Weight> = {}): Weight {
  return { data, outputs, gram: gramOf(data, outputs), guess: random(outputs, 9), ...change };
}

const svd = ({ data, outputs }: Weight): number =>
  spectralNorm(matrixOf(data.length / outputs, outputs, data));

/** |weightNorm / SVD - 1| */
const error = (weight: Weight): number => Math.abs(weightNorm(weight) / svd(weight) - 1);

/**
 * What the residual proves. In practice the error is its square over the gap of the spectrum, so
 * nearly always far smaller; in a cluster of values it can be used up.
 */
const TOLERANCE = 5e-7;

/** With these singular values: a diagonal between two reflections. */
function withSpectrum(values: readonly number[], rows: number): Float32Array {
  const outputs = values.length;
  const [a, b] = [random(rows, 2), random(outputs, 3)];
  const [aa, bb] = [a, b].map((x) => x.reduce((sum, value) => sum + value * value, 0) / 2);
  return Float32Array.from({ length: rows * outputs }, (_, index) => {
    const [i, j] = [Math.floor(index / outputs), index % outputs];
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      sum += (+(i === k) - (a[i] * a[k]) / aa) * values[k] * (+(k === j) - (b[k] * b[j]) / bb);
    }
    return sum;
  });
}

describe('weightNorm', () => {
  it.each([
    [27, 64],
    [192, 24],
    [576, 128],
    [1536, 1],
    [1, 5],
    [64, 64],
  ])('of a random %i x %i matrix is that of its SVD', (rows, outputs) => {
    expect(error(weightOf(random(rows * outputs), outputs))).toBeLessThan(TOLERANCE);
  });

  it.each([
    ['of rank one', [3, 0, 0, 0, 0, 0, 0, 0]],
    ['whose largest values are equal', [2, 2, 2, 2, 1, 1, 1, 1]],
    ['whose largest values nearly are', [2, 1.999999, 1.99999, 1.9999, 1.999, 1.99, 1.9, 1]],
    ['that is badly conditioned', [1, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 1e-18, 1e-21]],
  ])('of a matrix %s is that of its SVD', (_, values) => {
    expect(error(weightOf(withSpectrum(values, 40), 8))).toBeLessThan(TOLERANCE);
  });

  it('is not fooled by a guess that is the singular vector of a smaller value', () => {
    const outputs = 32;
    const values = Array.from({ length: outputs }, (_, i) => 1 / (i + 1));
    const data = withSpectrum(values, 100);
    const { v } = leadingTriplet(matrixOf(100, outputs, data));
    const orthogonal = random(outputs, 4);
    const along = orthogonal.reduce((sum, value, i) => sum + value * v[i], 0);
    const guesses = {
      orthogonal: orthogonal.map((value, i) => value - along * v[i]),
      zero: new Float32Array(outputs),
      right: Float32Array.from(v),
      long: random(outputs).map((value) => 1e6 * value),
    };
    for (const [name, guess] of Object.entries(guesses)) {
      expect(error(weightOf(data, outputs, { guess })), name).toBeLessThan(TOLERANCE);
    }
  });

  it('gives the same value however coarsely the Gram matrix was computed', () => {
    const data = random(576 * 64);
    const gram = gramOf(data, 64, tensorFloat);
    expect(gram).not.toEqual(gramOf(data, 64));
    expect(error(weightOf(data, 64, { gram }))).toBeLessThan(TOLERANCE);
  });

  it('does not trust a Gram matrix that hides the largest value', () => {
    // That of the matrix without its first singular direction, scaled to the same trace.
    const data = withSpectrum([2, 1, 1, 1, 1, 1, 1, 1], 40);
    const hidden = gramOf(withSpectrum([0, 1, 1, 1, 1, 1, 1, 1], 40), 8);
    expect(error(weightOf(data, 8, { gram: hidden }))).toBeLessThan(TOLERANCE);
    const gram = hidden.map((value) => (value * 11) / 7);
    expect(error(weightOf(data, 8, { gram }))).toBeLessThan(TOLERANCE);
  });

  it.each([1e-30, 1e-10, 1e10, 1e30])('holds for weights of the size of %d', (scale) => {
    const data = random(30 * 20).map((value) => value * scale);
    expect(error(weightOf(data, 20))).toBeLessThan(TOLERANCE);
  });

  it('of zeros is 0', () => {
    expect(weightNorm(weightOf(new Float32Array(12), 3))).toBe(0);
  });
});

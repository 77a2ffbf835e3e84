import { BlockReflector } from './blockReflector';
import { type Matrix, transpose } from './matrix';
import type { Pace } from './pace';

/**
 * Householder reduction of a matrix to bidiagonal form (Golub and Kahan 1965), with the
 * reflections kept so that vectors can be carried back. The shorter side is found first by an LQ
 * factorisation, so that the work on the longer side is a single pass: 2 m n^2 operations for
 * m x n with n <= m, and 8/3 n^3 more. Nothing is squared: the singular values of the result
 * differ from those of the input by a small multiple of 2^-53 times the largest.
 */
export interface Bidiagonal {
  /** The diagonal, as many values as the shorter side of the matrix. */
  readonly diagonal: Float64Array;
  /** The values right of the diagonal, one fewer. */
  readonly superdiagonal: Float64Array;
  /** Turns singular vectors of the bidiagonal matrix into those of the input: [u, v]. */
  readonly carryBack: (u: Float64Array, v: Float64Array) => [Float64Array, Float64Array];
}

/** A reflection I - factor * x x^T, where x occupies `vector` from its index `first` on. */
interface Reflection {
  readonly first: number;
  readonly vector: Float64Array;
  readonly factor: number;
}

/** Below this norm, in units of the largest element, a vector is rounding noise and counts as 0. */
const NEGLIGIBLE = 1e-140;

/** Rows whose reflections are applied to the rows below together. */
const BLOCK = 32;

/** Reduces `a`, whose largest magnitude must be about 1, to bidiagonal form. */
export function bidiagonalise(a: Matrix, pace: Pace = () => undefined): Bidiagonal {
  const tall = a.rows > a.columns;
  const wide = tall ? transpose(a) : { ...a, data: a.data.slice() };
  const ofWideRows: Reflection[] = [];
  const square = wide.rows < wide.columns ? lowerTriangle(wide, ofWideRows, pace) : wide;

  const n = square.rows;
  const diagonal = new Float64Array(n);
  const superdiagonal = new Float64Array(Math.max(0, n - 1));
  const left: Reflection[] = [];
  const right: Reflection[] = [];
  for (let k = 0; k < n; k++) {
    diagonal[k] = reflectColumn(square, k, left);
    if (k + 1 < n) superdiagonal[k] = reflectRow(square, k, k + 1, n, right);
    pace(4 * (n - k) ** 2);
  }

  const carryBack = (u: Float64Array, v: Float64Array): [Float64Array, Float64Array] => {
    const ofRows = applyInReverse(left, u, wide.rows);
    const ofColumns = applyInReverse(ofWideRows, applyInReverse(right, v, n), wide.columns);
    return tall ? [ofColumns, ofRows] : [ofRows, ofColumns];
  };
  return { diagonal, superdiagonal, carryBack };
}

/** L of a = L Q for a matrix wider than high; the reflections that make Q go to `kept`. */
function lowerTriangle(a: Matrix, kept: Reflection[], pace: Pace): Matrix {
  const n = a.rows;
  const data = new Float64Array(n * n);
  for (let from = 0; from < n; from += BLOCK) {
    const end = Math.min(n, from + BLOCK);
    const rest = a.columns - from;
    const block = new BlockReflector(rest, BLOCK);
    for (let k = from; k < end; k++) {
      const before = kept.length;
      a.data[k * a.columns + k] = reflectRow(a, k, k, end, kept);
      if (kept.length > before) block.add(kept[before].vector);
    }
    block.apply(a.data, end * a.columns + from, a.columns, n - end);
    pace(2 * BLOCK * (n - from) * rest);
  }
  for (let i = 0; i < n; i++) {
    data.set(a.data.subarray(i * a.columns, i * a.columns + i + 1), i * n);
  }
  return { rows: n, columns: n, data };
}

/**
 * Reflects row k, from column `first` on, onto its first element and applies the same reflection
 * to the rows below it, up to `end`. Returns that element.
 */
function reflectRow(a: Matrix, k: number, first: number, end: number, kept: Reflection[]): number {
  const { columns, data } = a;
  const { reflection, image } = reflectionOf(
    data.slice(k * columns + first, (k + 1) * columns),
    first,
  );
  if (!reflection) return image;
  kept.push(reflection);
  const { vector, factor } = reflection;
  for (let i = k + 1; i < end; i++) {
    const row = data.subarray(i * columns + first, (i + 1) * columns);
    let sum = 0;
    for (let j = 0; j < vector.length; j++) sum += vector[j] * row[j];
    sum *= factor;
    for (let j = 0; j < vector.length; j++) row[j] -= sum * vector[j];
  }
  return image;
}

/** The same for column k from row k on, and the columns right of it; reads along the rows. */
function reflectColumn(a: Matrix, k: number, kept: Reflection[]): number {
  const { rows, columns, data } = a;
  const column = new Float64Array(rows - k);
  for (let i = k; i < rows; i++) column[i - k] = data[i * columns + k];
  const { reflection, image } = reflectionOf(column, k);
  if (!reflection) return image;
  kept.push(reflection);
  const { vector, factor } = reflection;
  const sums = new Float64Array(columns - k - 1);
  for (let i = k; i < rows; i++) {
    const row = data.subarray(i * columns + k + 1, (i + 1) * columns);
    const weight = factor * vector[i - k];
    for (let j = 0; j < sums.length; j++) sums[j] += weight * row[j];
  }
  for (let i = k; i < rows; i++) {
    const row = data.subarray(i * columns + k + 1, (i + 1) * columns);
    const weight = vector[i - k];
    for (let j = 0; j < sums.length; j++) row[j] -= weight * sums[j];
  }
  return image;
}

/**
 * The reflection that sends x to (image, 0, …, 0), with the sign that cancels nothing. `x` becomes
 * its vector.
 */
function reflectionOf(
  x: Float64Array,
  first: number,
): { reflection: Reflection | undefined; image: number } {
  let squares = 0;
  for (let i = 1; i < x.length; i++) squares += x[i] * x[i];
  // Not worth a reflection, and squares this small would make an inexact, non-orthogonal one.
  if (squares < NEGLIGIBLE ** 2) return { reflection: undefined, image: x[0] };
  const norm = Math.sqrt(squares + x[0] * x[0]);
  const image = x[0] > 0 ? -norm : norm;
  x[0] -= image;
  return {
    reflection: { first, vector: x, factor: 2 / (squares + x[0] * x[0]) },
    image,
  };
}

/** H_1 H_2 … H_k x, where x is padded with zeros to `length`. */
function applyInReverse(
  reflections: readonly Reflection[],
  x: Float64Array,
  length: number,
): Float64Array {
  const y = new Float64Array(length);
  y.set(x);
  for (const { first, vector, factor } of reflections.toReversed()) {
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += vector[i] * y[first + i];
    sum *= factor;
    for (let i = 0; i < vector.length; i++) y[first + i] -= sum * vector[i];
  }
  return y;
}

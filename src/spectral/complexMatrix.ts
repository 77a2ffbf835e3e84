import { type Matrix, transpose } from './matrix';
import { type Pace } from './pace';
import { lowerProducts } from './provenNorm';

/** A complex matrix, row-major; without `imaginary` it is real. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array | undefined;
}

/** A or its conjugate transpose: with at least as many columns as rows. */
export function wideComplex(a: ComplexMatrix): ComplexMatrix {
  if (a.rows <= a.columns) return a;
  const { rows, columns } = a;
  const flip = (data: Float64Array): Float64Array => transpose({ rows, columns, data }).data;
  return {
    rows: columns,
    columns: rows,
    real: flip(a.real),
    imaginary: a.imaginary && flip(a.imaginary).map((value) => -value),
  };
}

/**
 * The Hermitian matrix A A^H, or A^H A if that is smaller, in one array [n, n]: real parts in the lower
 * half and on the diagonal, and in the upper half, at (j, i), the imaginary part of element (i, j).
 */
export function packedGram(a: ComplexMatrix, pace: Pace): Matrix {
  const { rows: n, columns, real, imaginary } = wideComplex(a);
  const straight = imaginary
    ? besideEachOther(n, columns, real, imaginary)
    : { rows: n, columns, data: real };
  const { data } = lowerProducts(straight, straight, pace);
  const crossed = imaginary && crossProducts(straight, imaginary, real, pace);
  for (let i = 0; i < n; i++) {
    // What stands above the diagonal is only part of a block that reaches over it.
    for (let j = 0; j < i; j++) data[j * n + i] = crossed ? crossed.data[i * n + j] : 0;
  }
  return { rows: n, columns: n, data };
}

/**
 * A Hermitian matrix G, packed as by {@link packedGram}, as the real symmetric one
 * [[Re G, -Im G], [Im G, Re G]], which has each eigenvalue of G twice. Only its lower half is filled.
 */
export function realSymmetric({ rows: n, data: packed }: Matrix): Matrix {
  const data = new Float64Array(4 * n * n);
  for (let i = 0; i < n; i++) {
    const low = (n + i) * 2 * n;
    for (let j = 0; j <= i; j++) {
      const real = packed[i * n + j];
      data[i * 2 * n + j] = real;
      data[low + n + j] = real;
      if (j === i) continue;
      const imaginary = packed[j * n + i];
      data[low + j] = imaginary;
      data[(n + j) * 2 * n + i] = -imaginary;
    }
  }
  return { rows: 2 * n, columns: 2 * n, data };
}

/** Im (A A^H), of which only the lower half is filled. */
function crossProducts(
  straight: Matrix,
  imaginary: Float64Array,
  real: Float64Array,
  pace: Pace,
): Matrix {
  const { rows, columns } = straight;
  const negative = real.map((value) => -value);
  return lowerProducts(besideEachOther(rows, columns / 2, imaginary, negative), straight, pace);
}

function besideEachOther(
  rows: number,
  columns: number,
  left: Float64Array,
  right: Float64Array,
): Matrix {
  const data = new Float64Array(2 * rows * columns);
  for (let i = 0; i < rows; i++) {
    data.set(left.subarray(i * columns, (i + 1) * columns), 2 * i * columns);
    data.set(right.subarray(i * columns, (i + 1) * columns), (2 * i + 1) * columns);
  }
  return { rows, columns: 2 * columns, data };
}

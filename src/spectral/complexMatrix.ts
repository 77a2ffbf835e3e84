import { type Matrix, transpose } from './matrix';
import { type Pace } from './pace';
import { gramMatrix, lowerProducts } from './provenNorm';

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
 * The Hermitian matrix G = A A^H, or A^H A if that is smaller, as the real symmetric one
 * [[Re G, -Im G], [Im G, Re G]], which has each eigenvalue of G twice. Only its lower half is filled.
 */
export function complexGram(a: ComplexMatrix, pace: Pace): Matrix {
  const { rows: n, columns, real, imaginary } = wideComplex(a);
  if (!imaginary) return gramMatrix({ rows: n, columns, data: real }, pace);
  const straight = besideEachOther(n, columns, real, imaginary);
  const turned = besideEachOther(
    n,
    columns,
    imaginary,
    real.map((value) => -value),
  );
  const realPart = lowerProducts(straight, straight, pace).data;
  const imaginaryPart = lowerProducts(turned, straight, pace).data;
  const data = new Float64Array(4 * n * n);
  for (let i = 0; i < n; i++) {
    const low = (n + i) * 2 * n;
    for (let j = 0; j <= i; j++) {
      data[i * 2 * n + j] = realPart[i * n + j];
      data[low + n + j] = realPart[i * n + j];
      data[low + j] = imaginaryPart[i * n + j];
      data[(n + j) * 2 * n + i] = -imaginaryPart[i * n + j];
    }
    data[low + i] = 0;
  }
  return { rows: 2 * n, columns: 2 * n, data };
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

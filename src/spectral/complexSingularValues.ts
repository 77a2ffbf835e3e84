import { bidiagonalSpectrum } from './bidiagonalSpectrum';
import { type ComplexMatrix, wideComplex } from './complexMatrix';
import type { Pace } from './pace';
import { pacedSingularValues } from './singularValues';

/**
 * All singular values of a complex matrix whose largest element is about 1, largest first, by the
 * same steps as those of a real one: reflections I - factor x x^H turn it into a bidiagonal matrix,
 * whose elements may be replaced by their magnitudes, because a diagonal of phases on either side
 * is unitary.
 */
export function complexSingularValues(a: ComplexMatrix, pace: Pace): Float64Array {
  const { rows: n, columns, real, imaginary } = wideComplex(a);
  if (!imaginary) return pacedSingularValues({ rows: n, columns, data: real }, pace);
  const wide = new Reduction(n, columns, real.slice(), imaginary.slice());
  if (n < columns) {
    for (let k = 0; k < n; k++) {
      wide.reflectRow(k, k);
      pace(8 * (n - k) * (columns - k));
    }
  }
  const square = n < columns ? wide.lowerTriangle() : wide;
  const diagonal = new Float64Array(n);
  const superdiagonal = new Float64Array(Math.max(0, n - 1));
  for (let k = 0; k < n; k++) {
    diagonal[k] = square.reflectColumn(k);
    if (k + 1 < n) superdiagonal[k] = square.reflectRow(k, k + 1);
    pace(16 * (n - k) ** 2);
  }
  return bidiagonalSpectrum({ diagonal, superdiagonal }, n, pace);
}

/** Squares below this are rounding noise and not worth a reflection. */
const NEGLIGIBLE = 1e-280;

/** A matrix on its way to bidiagonal form. */
class Reduction {
  constructor(
    private readonly rows: number,
    private readonly columns: number,
    private readonly real: Float64Array,
    private readonly imaginary: Float64Array,
  ) {}

  /** The first columns of a matrix whose rows have been reflected; what was above the diagonal is 0. */
  lowerTriangle(): Reduction {
    const { rows: n, columns } = this;
    const [real, imaginary] = [new Float64Array(n * n), new Float64Array(n * n)];
    for (let i = 0; i < n; i++) {
      const row = i * columns;
      real.set(this.real.subarray(row, row + i + 1), i * n);
      imaginary.set(this.imaginary.subarray(row, row + i + 1), i * n);
    }
    return new Reduction(n, n, real, imaginary);
  }

  /**
   * Reflects row k, from column `first` on, onto its first element and applies the same reflection to
   * the rows below. Returns the magnitude of that element.
   */
  reflectRow(k: number, first: number): number {
    const { rows, columns, real, imaginary } = this;
    const row = k * columns;
    const x = real.slice(row + first, row + columns);
    const y = imaginary.slice(row + first, row + columns);
    const { factor, magnitude, imageX, imageY } = reflection(x, y);
    if (factor === 0) return magnitude;
    real[row + first] = imageX;
    imaginary[row + first] = imageY;
    for (let i = k + 1; i < rows; i++) {
      const from = i * columns + first;
      let sumX = 0;
      let sumY = 0;
      for (let j = 0; j < x.length; j++) {
        const a = real[from + j];
        const b = imaginary[from + j];
        sumX += a * x[j] + b * y[j];
        sumY += b * x[j] - a * y[j];
      }
      sumX *= factor;
      sumY *= factor;
      for (let j = 0; j < x.length; j++) {
        real[from + j] -= sumX * x[j] - sumY * y[j];
        imaginary[from + j] -= sumX * y[j] + sumY * x[j];
      }
    }
    return magnitude;
  }

  /** The same for column k from row k on, and the columns right of it; reads along the rows. */
  reflectColumn(k: number): number {
    const { rows, columns, real, imaginary } = this;
    const length = rows - k;
    const x = Float64Array.from({ length }, (_, i) => real[(k + i) * columns + k]);
    const y = Float64Array.from({ length }, (_, i) => imaginary[(k + i) * columns + k]);
    const { factor, magnitude } = reflection(x, y);
    if (factor === 0) return magnitude;
    const width = columns - k - 1;
    const sumsX = new Float64Array(width);
    const sumsY = new Float64Array(width);
    for (let i = 0; i < length; i++) {
      const from = (k + i) * columns + k + 1;
      const [a, b] = [factor * x[i], factor * y[i]];
      for (let j = 0; j < width; j++) {
        sumsX[j] += a * real[from + j] + b * imaginary[from + j];
        sumsY[j] += a * imaginary[from + j] - b * real[from + j];
      }
    }
    for (let i = 0; i < length; i++) {
      const from = (k + i) * columns + k + 1;
      const [a, b] = [x[i], y[i]];
      for (let j = 0; j < width; j++) {
        real[from + j] -= a * sumsX[j] - b * sumsY[j];
        imaginary[from + j] -= a * sumsY[j] + b * sumsX[j];
      }
    }
    return magnitude;
  }
}

/**
 * The reflection that sends x + iy to a multiple of its first unit vector, with the sign that cancels
 * nothing; x + iy becomes its vector. A factor of 0 means that there is nothing to reflect.
 */
function reflection(
  x: Float64Array,
  y: Float64Array,
): { factor: number; magnitude: number; imageX: number; imageY: number } {
  let squares = 0;
  for (let i = 1; i < x.length; i++) squares += x[i] * x[i] + y[i] * y[i];
  const first = Math.hypot(x[0], y[0]);
  if (squares < NEGLIGIBLE) return { factor: 0, magnitude: first, imageX: x[0], imageY: y[0] };
  const norm = Math.sqrt(squares + first * first);
  const [cosine, sine] = first === 0 ? [1, 0] : [x[0] / first, y[0] / first];
  x[0] += cosine * norm;
  y[0] += sine * norm;
  return {
    factor: 2 / (squares + (first + norm) ** 2),
    magnitude: norm,
    imageX: -cosine * norm,
    imageY: -sine * norm,
  };
}

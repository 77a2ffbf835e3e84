import type { Matrix } from './matrix';
import type { Pace } from './pace';
import { addRowProducts, innerProduct } from './rowProducts';

/** Columns that are factored together, so that most of the work is products of whole rows. */
const BLOCK = 32;

/**
 * Whether shift I - A is positive definite, for a symmetric A: whether it has a Cholesky factor. If
 * so, every eigenvalue of A is below the shift, up to rounding of a few n 2^-53 times its trace.
 * Only the lower half of A is read.
 */
export function isPositiveDefinite(
  { rows: n, data: a }: Matrix,
  shift: number,
  pace: Pace = () => undefined,
): boolean {
  // The factor takes the place of the lower half, block by block of columns.
  const factor = a.map((value) => -value);
  for (let i = 0; i < n; i++) factor[i * n + i] += shift;
  for (let first = 0; first < n; first += BLOCK) {
    const end = Math.min(n, first + BLOCK);
    subtractKnown(factor, n, first, end);
    pace((n - first) * (end - first) * end);
    for (let i = first; i < n; i++) {
      const row = i * n;
      for (let j = first; j < Math.min(i, end); j++) {
        const known = innerProduct(factor, row + first, factor, j * n + first, j - first);
        factor[row + j] = (factor[row + j] - known) / factor[j * n + j];
      }
      if (i >= end) continue;
      const pivot =
        factor[row + i] - innerProduct(factor, row + first, factor, row + first, i - first);
      if (!(pivot > 0)) return false;
      factor[row + i] = Math.sqrt(pivot);
    }
  }
  return true;
}

/** Takes off columns first … end - 1 what the columns before them account for. */
function subtractKnown(factor: Float64Array, n: number, first: number, end: number): void {
  if (first === 0) return;
  const width = end - first;
  const below = { data: factor, first: first * n, step: n, count: n - first };
  const block = { data: factor, first: first * n, step: n, count: width };
  const products = new Float64Array(below.count * width);
  addRowProducts(below, block, first, { data: products, first: 0, step: width, sideStep: 1 });
  for (let i = first; i < n; i++) {
    for (let j = first; j < end; j++) {
      factor[i * n + j] -= products[(i - first) * width + (j - first)];
    }
  }
}

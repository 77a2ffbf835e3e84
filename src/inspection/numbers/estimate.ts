import type { LayerListing } from '../../shared/inspection';
import { leadingRitzPair } from '../../spectral/lanczos';
import {
  dot,
  euclideanNorm,
  type Matrix,
  multiply,
  multiplyTransposed,
} from '../../spectral/matrix';
import { randomStart } from '../../spectral/randomStart';
import type { WeightFile } from '../../weights/weightFile';
import { readVector } from './layerWeight';

/** Of our own iteration where u is missing: of sigma^2, so half as much of sigma. */
const LIMITS = { residual: 1e-9, applications: 300 };

/**
 * What a layer's weight is divided by.
 *
 * - u and v are stored: u^T W v, as PyTorch divides in evaluation
 * - only u: v = W^T u / ||W^T u||, then ||W v||, as `max_sv.py` of the paper's authors does
 * - neither, though the layer was normalised: what the iteration tends to
 *
 * @returns null where the weight is used as it is
 * @throws UserError where u or v cannot be read or do not fit
 */
export async function estimateSigma(
  weights: WeightFile,
  { u, v, normalization }: LayerListing,
  matrix: Matrix,
): Promise<number | null> {
  if (normalization === 'none') return null;
  if (u === undefined) return iterated(matrix);
  const left = await readVector(weights, u, matrix.rows);
  if (v !== undefined) {
    const right = await readVector(weights, v, matrix.columns);
    return dot(left, multiply(matrix, right));
  }
  const right = multiplyTransposed(matrix, left);
  const length = euclideanNorm(right);
  return length === 0 ? 0 : euclideanNorm(multiply(matrix, right)) / length;
}

function iterated(matrix: Matrix): number {
  const { value } = leadingRitzPair(
    (x) => multiplyTransposed(matrix, multiply(matrix, x)),
    randomStart(matrix.columns),
    LIMITS,
  );
  return Math.sqrt(value);
}

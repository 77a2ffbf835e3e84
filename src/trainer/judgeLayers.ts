import { normalizedNames, type LayerDescription } from '../gan/state';
import { dot, euclideanNorm, matrixOf, multiply, type Matrix } from '../spectral/matrix';
import { spectralNorm } from '../spectral/singularValues';
import type { NamedArray } from '../shared/tensors';
import { UserError } from '../shared/userError';
import type { Checkpoint } from './checkpoint';

/** How well a layer of D is normalised. Sigma is always that of the weight as a matrix. */
export interface LayerJudgement {
  /** Without the network's prefix, for example `conv1`. */
  readonly layer: string;
  readonly kind: string;
  readonly normalized: boolean;
  /** Of the weight as the paper's matrix: outputs x (inputs * kernel height * kernel width). */
  readonly rows: number;
  readonly columns: number;
  /** The largest singular value of the raw weight, by an SVD in float64. */
  readonly sigma: number;
  /** What training divides by: u^T W v with the stored u and v; null where not normalised. */
  readonly estimate: number | null;
  /** (estimate - sigma) / sigma */
  readonly relativeError: number | null;
  /** The largest singular value of the weight in use, W / estimate; near 1 when all is well. */
  readonly normalizedSigma: number | null;
  /** ||W||_F of the raw weight. */
  readonly frobenius: number;
  /** ||W||_F^2 / sigma^2: 1 for a weight of rank one, up to the number of rows. */
  readonly stableRank: number;
}

/** The linear layers of a checkpoint's discriminator, in the order of the network. */
export function discriminatorLayers({ layers }: Checkpoint): LayerDescription[] {
  return layers.filter(({ name }) => name.startsWith('d.'));
}

/**
 * Judges one layer. The SVD takes up to seconds for the largest layers.
 *
 * @throws UserError when the checkpoint lacks an array of the layer, or it is damaged
 */
export function judgeLayer(checkpoint: Checkpoint, layer: LayerDescription): LayerJudgement {
  const { name, kind, normalized } = layer;
  const names = normalizedNames(name);
  const weight = normalized ? names.weight : `${name}.weight`;
  const matrix = asMatrix(kind, arrayOf(checkpoint, weight));
  const sigma = spectralNorm(matrix);
  const estimate = normalized
    ? estimateOf(matrix, arrayOf(checkpoint, names.u), arrayOf(checkpoint, names.v))
    : null;
  const frobenius = euclideanNorm(matrix.data);
  return {
    layer: name.slice('d.'.length),
    kind,
    normalized,
    rows: matrix.rows,
    columns: matrix.columns,
    sigma,
    estimate,
    relativeError: estimate === null ? null : (estimate - sigma) / sigma,
    normalizedSigma: estimate === null ? null : sigma / Math.abs(estimate),
    frobenius,
    stableRank: (frobenius / sigma) ** 2,
  };
}

/** u^T W v */
function estimateOf(matrix: Matrix, u: NamedArray, v: NamedArray): number {
  if (u.data.length !== matrix.rows || v.data.length !== matrix.columns) {
    throw new UserError(
      `"${u.name}" and "${v.name}" have ${u.data.length} and ${v.data.length} values, but the weight is ${matrix.rows} x ${matrix.columns}; the checkpoint is damaged.`,
    );
  }
  return dot(Float64Array.from(u.data), multiply(matrix, Float64Array.from(v.data)));
}

/** A weight in PyTorch's layout as the paper's matrix, one row for each output. */
function asMatrix(kind: string, { shape, data, name }: NamedArray): Matrix {
  if (kind === 'convTranspose') {
    // (in, out, kh, kw): the outputs come second, and would have to be moved to the front.
    throw new UserError(`"${name}" is a transposed convolution, which no discriminator here has.`);
  }
  const [rows] = shape;
  return matrixOf(rows, data.length / rows, data);
}

function arrayOf({ arrays, file }: Checkpoint, name: string): NamedArray {
  const array = arrays.get(name);
  if (array) return array;
  throw new UserError(`${file} has no array "${name}", which its layers promise; it is damaged.`);
}

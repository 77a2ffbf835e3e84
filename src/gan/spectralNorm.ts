import type { Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { randomPurpose, RandomStream } from '../shared/random';
import type { Network } from './network';
import { asMatrix, fromMatrix, isLinear, type LinearKind, type Parameter } from './parameter';

/** Guards a division by the norm of a zero vector; far below any norm of a real weight. */
const EPSILON = 1e-12;

export interface SpectralNormOptions {
  /** Power iterations per advance; one is enough in the paper (appendix A). */
  readonly nPowerIterations: number;
  /** Power iterations at build. Without them σ is wrong by orders of magnitude at first. */
  readonly warmUpIterations: number;
  readonly seed: number;
}

/** u and v as they are during one update: immutable, so that every forward pass agrees. */
export type SingularVectors = {
  /** Left singular vector of the paper's W: [outputs]. */
  u: Tensor1D;
  /** Right singular vector: [K]. */
  v: Tensor1D;
};

/**
 * `n` rounds of the paper's Algorithm 1 on a [K, outputs] matrix M = Wᵀ:
 * v ← Wᵀu / ‖Wᵀu‖, u ← Wv / ‖Wv‖.
 */
export function iteratePower(matrix: Tensor2D, u: Tensor1D, n: number): SingularVectors {
  return tf.tidy(() => {
    let column = tf.reshape(u, [-1, 1]);
    let v = column;
    for (let i = 0; i < n; i++) {
      v = unit(tf.matMul(matrix, column));
      column = unit(tf.matMul(matrix, v, true, false));
    }
    return { u: flat(column), v: flat(v) };
  });
}

const flat = (column: Tensor): Tensor1D => tf.reshape<tf.Rank.R1>(column, [-1]);

function unit<T extends Tensor>(x: T): T {
  return tf.div(x, tf.add(tf.sqrt(tf.sum(tf.square(x))), EPSILON));
}

/** σ ≈ uᵀWv (eq. 20) of a [K, outputs] matrix M = Wᵀ; a scalar. */
export function estimateSigma(matrix: Tensor2D, { u, v }: SingularVectors): tf.Scalar {
  const Wv = tf.matMul(tf.reshape(v, [1, -1]), matrix);
  return tf.sum(tf.mul(Wv, u));
}

/**
 * W̄ = W/σ (eq. 8) with the gradient of eq. 12, for constant u and v:
 * ∂L/∂W = (G - ⟨G, W̄⟩ u vᵀ) / σ with G = ∂L/∂W̄. It goes through σ, and therefore
 * ⟨∂L/∂W, W⟩ = 0 holds to rounding even for stale u and v.
 *
 * @param onInner told ⟨G, W̄⟩ when the gradient is computed; freed after the call
 */
export function normalizeWeight(
  weight: Tensor,
  kind: LinearKind,
  vectors: SingularVectors,
  onInner?: (inner: tf.Scalar) => void,
): Tensor {
  const normalize = tf.customGrad((...args) => {
    const [W] = args as Tensor[];
    const save = args[args.length - 1] as tf.GradSaveFunc;
    // A product takes a fraction of the time of as many quotients.
    const inverse = tf.reciprocal(estimateSigma(asMatrix(kind, W), vectors));
    const normalized = tf.mul(W, inverse);
    save([normalized, inverse, vectors.u, vectors.v]);
    return {
      value: normalized,
      gradFunc: (G: Tensor, saved: Tensor[]) => {
        const [Wbar, r, u, v] = saved;
        const inner: tf.Scalar = tf.sum(tf.mul(G, Wbar));
        onInner?.(inner);
        // λ/σ goes to the short vector, so that no further array of the weight's size is made.
        const share = tf.mul(v, tf.mul(inner, r));
        const vu: Tensor2D = tf.matMul(tf.reshape(share, [-1, 1]), tf.reshape(u, [1, -1]));
        return tf.sub(tf.mul(G, r), fromMatrix(kind, vu, W.shape));
      },
    };
  });
  return normalize(weight);
}

/** Spectral normalisation of one weight: its raw parameter and the state u, v. */
export class SpectralNorm {
  readonly u: Variable;
  readonly v: Variable;

  /** @param index place of the layer in its network; selects the random start of u */
  constructor(
    readonly parameter: Parameter & { kind: LinearKind },
    private readonly options: SpectralNormOptions,
    index: number,
  ) {
    const vectors = tf.tidy(() => {
      const matrix = asMatrix(parameter.kind, parameter.variable);
      const outputs = matrix.shape[1];
      // A random start: a fixed one, such as all ones, can lie in the null space of Wᵀ.
      const stream = new RandomStream(options.seed, randomPurpose.powerIteration, index);
      const start = unit(tf.tensor1d(stream.normals(outputs)));
      return iteratePower(matrix, start, options.warmUpIterations);
    });
    this.u = tf.variable(vectors.u, false);
    this.v = tf.variable(vectors.v, false);
    tf.dispose([vectors.u, vectors.v]);
  }

  /** The present u and v. Later advances do not change what is returned here. */
  vectors(): SingularVectors {
    return { u: tf.clone(this.u) as Tensor1D, v: tf.clone(this.v) as Tensor1D };
  }

  /** Advances u and v by power iteration on the present raw weight. */
  advance(): void {
    tf.tidy(() => {
      const matrix = asMatrix(this.parameter.kind, this.parameter.variable);
      const next = iteratePower(matrix, this.u as Tensor1D, this.options.nPowerIterations);
      this.u.assign(next.u);
      this.v.assign(next.v);
    });
  }

  /** The estimate uᵀWv of the raw weight's spectral norm; a scalar. */
  sigma(): tf.Scalar {
    return tf.tidy(() =>
      estimateSigma(asMatrix(this.parameter.kind, this.parameter.variable), this.vectors()),
    );
  }
}

/**
 * Normalises every convolution, transposed convolution, dense and embedding weight of a network,
 * as the paper does with its discriminators. Weights that are normalised already stay as they are.
 */
export function addSpectralNorm(network: Network, options: SpectralNormOptions): void {
  network.parameters.filter(isLinear).forEach((parameter, index) => {
    parameter.spectralNorm ??= new SpectralNorm(parameter, options, index);
  });
}

import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { BatchNormState } from './layers/batchNorm';
import type { Layer, LayerSpec, Pass, Shape } from './layers/layer';
import { sequence } from './layers/layer';
import { createParameter, type Parameter } from './parameter';
import { normalizeWeight, type SpectralNorm } from './spectralNorm';

/** Which of the two players a network is; also the prefix of its arrays in a checkpoint. */
export type NetworkRole = 'g' | 'd';

/** A generator or discriminator: its layers, parameters and batch-norm statistics. */
export class Network {
  readonly parameters: readonly Parameter[];
  readonly batchNorms: readonly BatchNormState[];
  readonly outputShape: Shape;
  private readonly body: Layer;

  /**
   * @param inputShape shape of one example
   * @param seed seed of the run; weights are a function of it, the role and the layers
   */
  constructor(
    readonly role: NetworkRole,
    readonly inputShape: Shape,
    layers: readonly LayerSpec[],
    seed: number,
  ) {
    // The two networks draw from separate halves of the streams for weights.
    let index = role === 'g' ? 0 : 2 ** 20;
    this.body = sequence(...layers)({
      inputShape,
      parameter: (spec) => createParameter(spec, seed, index++),
    });
    this.parameters = this.body.parameters;
    this.batchNorms = this.body.batchNorms;
    this.outputShape = this.body.outputShape;
  }

  /** [b, ...inputShape] to [b, ...outputShape]. */
  forward(x: Tensor, pass: Pass): Tensor {
    return this.body.apply(x, pass);
  }

  /** The spectral normalisations that `addSpectralNorm` put on this network. */
  get spectralNorms(): readonly SpectralNorm[] {
    return this.parameters.flatMap((parameter) => parameter.spectralNorm ?? []);
  }

  /** Number of trainable values. */
  get parameterCount(): number {
    return this.parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  }

  /** Frees every array of the network. */
  dispose(): void {
    for (const { variable, spectralNorm } of this.parameters) {
      variable.dispose();
      spectralNorm?.u.dispose();
      spectralNorm?.v.dispose();
    }
    for (const { mean, variance } of this.batchNorms) {
      mean.dispose();
      variance.dispose();
    }
  }
}

/**
 * A pass over a network's own weights: raw, or W̄ = W/σ where spectral norm was added. Each weight
 * is normalised once per pass, with u and v as they are now. Nothing is advanced.
 *
 * @param onInner told ⟨∂L/∂W̄, W̄⟩ of each normalised weight when a loss is followed backwards
 */
export function ownWeights(
  options: Omit<Pass, 'weight'>,
  onInner?: (parameter: Parameter, inner: Scalar) => void,
): Pass {
  const normalized = new Map<Parameter, Tensor>();
  return {
    ...options,
    weight: (parameter) => {
      const { spectralNorm } = parameter;
      if (!spectralNorm) return parameter.variable;
      let value = normalized.get(parameter);
      if (!value) {
        const { kind } = spectralNorm.parameter;
        const listen = onInner && ((inner: Scalar) => onInner(parameter, inner));
        value = normalizeWeight(parameter.variable, kind, spectralNorm.vectors(), listen);
        normalized.set(parameter, value);
      }
      return value;
    },
  };
}

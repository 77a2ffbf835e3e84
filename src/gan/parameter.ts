import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { randomPurpose, RandomStream } from '../shared/random';
import { sizeOf } from '../shared/tensors';
import { UserError } from '../shared/userError';
import type { SpectralNorm } from './spectralNorm';
import { sameLayout, type TorchLayout } from './torchLayout';

/** Weights that act as a linear map and can be normalised by their spectral norm. */
export type LinearKind = 'conv' | 'convTranspose' | 'dense' | 'embedding';
export type ParameterKind = LinearKind | 'bias' | 'gamma' | 'beta';

/** What an inspector must know of a convolution to compute its true operator norm. */
export interface ConvGeometry {
  readonly stride: number;
  readonly padding: number;
  /** [height, width] of the layer's input. */
  readonly inputSize: readonly [number, number];
}

/** Shapes, channels last, of what a linear map takes and gives at one place. */
export interface Sides {
  readonly input: readonly number[];
  readonly output: readonly number[];
}

/** How a weight is drawn when the network is built. */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  /** Uniform in ±scale·√(6 / (fanIn + fanOut)). */
  | { readonly kind: 'glorot'; readonly scale: number };

/** One trainable array of a network. The raw weight is kept here even when it is normalised. */
export interface Parameter {
  /** PyTorch's name inside the network, for example `block1.conv1.weight`. */
  readonly name: string;
  /** Name of the layer, for example `block1.conv1`. */
  readonly layer: string;
  readonly kind: ParameterKind;
  readonly variable: Variable;
  readonly layout: TorchLayout;
  readonly geometry?: ConvGeometry;
  readonly sides?: Sides;
  /** Set by `addSpectralNorm`; the network then uses W/σ instead of W. */
  spectralNorm?: SpectralNorm;
}

/** A parameter before its values are drawn. */
export interface ParameterSpec {
  readonly name: string;
  readonly layer: string;
  readonly kind: ParameterKind;
  readonly shape: readonly number[];
  readonly init: Initializer;
  readonly layout?: TorchLayout;
  readonly geometry?: ConvGeometry;
  readonly sides?: Sides;
  /** Inputs and outputs of one unit, for Glorot's initialisation. */
  readonly fans?: readonly [fanIn: number, fanOut: number];
}

/** How many more values may be made; see {@link buildWithin}. */
let valuesLeft = Infinity;

/**
 * Builds networks of at most `most` trainable values. A file may say that its network is a
 * thousand times as large as the file: what does not fit is noticed before memory is taken for it.
 *
 * @throws UserError instead of making an array beyond that
 */
export function buildWithin<T>(most: number, build: () => T): T {
  const before = valuesLeft;
  valuesLeft = most;
  try {
    return build();
  } finally {
    valuesLeft = before;
  }
}

/**
 * Draws a parameter's first values. `index` is its place among all parameters of the run and
 * selects its random stream, so a network's values do not depend on the order of creation.
 */
export function createParameter(spec: ParameterSpec, seed: number, index: number): Parameter {
  valuesLeft -= sizeOf(spec.shape);
  if (valuesLeft < 0) {
    throw new UserError(
      `The network does not fit its file, which ends before "${spec.name}"; the file is damaged, or its config is another run's.`,
    );
  }
  const values = tf.tensor(initialValues(spec, seed, index), [...spec.shape], 'float32');
  const variable = tf.variable(values, true);
  values.dispose();
  return {
    name: spec.name,
    layer: spec.layer,
    kind: spec.kind,
    variable,
    layout: spec.layout ?? sameLayout(spec.shape),
    ...(spec.geometry && { geometry: spec.geometry }),
    ...(spec.sides && { sides: spec.sides }),
  };
}

function initialValues(spec: ParameterSpec, seed: number, index: number): Float32Array {
  const length = sizeOf(spec.shape);
  const { init } = spec;
  if (init.kind === 'constant') return new Float32Array(length).fill(init.value);
  const stream = new RandomStream(seed, randomPurpose.weights, index);
  if (init.kind === 'normal') return stream.normals(length, init.deviation);
  const [fanIn, fanOut] = spec.fans ?? [0, 0];
  const limit = init.scale * Math.sqrt(6 / (fanIn + fanOut));
  return stream.uniforms(length, -limit, limit);
}

/** Whether a parameter is a linear map's weight. */
export function isLinear(parameter: Parameter): parameter is Parameter & { kind: LinearKind } {
  const { kind } = parameter;
  return kind === 'conv' || kind === 'convTranspose' || kind === 'dense' || kind === 'embedding';
}

/**
 * The weight as the transpose of the paper's matrix W (rows = outputs): shape [K, outputs] with
 * K = inputs · kernel height · kernel width. For an embedding the outputs are its entries, as in
 * the official SNEmbedID and in PyTorch.
 */
export function asMatrix(kind: LinearKind, weight: Tensor): tf.Tensor2D {
  switch (kind) {
    case 'conv':
    case 'dense':
      return tf.reshape(weight, [-1, weight.shape[weight.rank - 1]]);
    case 'convTranspose':
      return tf.reshape(tf.transpose(weight, [0, 1, 3, 2]), [-1, weight.shape[2] as number]);
    case 'embedding':
      return tf.transpose(weight as tf.Tensor2D);
  }
}

/** The inverse of {@link asMatrix}: a [K, outputs] matrix in the weight's own shape. */
export function fromMatrix(
  kind: LinearKind,
  matrix: tf.Tensor2D,
  shape: readonly number[],
): Tensor {
  switch (kind) {
    case 'conv':
    case 'dense':
      return tf.reshape(matrix, [...shape]);
    case 'convTranspose': {
      const [height, width, outputs, inputs] = shape;
      return tf.transpose(tf.reshape(matrix, [height, width, inputs, outputs]), [0, 1, 3, 2]);
    }
    case 'embedding':
      return tf.transpose(matrix);
  }
}

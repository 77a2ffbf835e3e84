import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameter, ParameterSpec } from '../parameter';
import type { Moments } from '../ops/batchNormalize';
import type { BatchNormState } from './batchNorm';

/** Shape of one example, without the batch: [height, width, channels] or [features]. */
export type Shape = readonly number[];

/** What a forward pass needs besides its input; made anew for every pass. */
export interface Pass {
  /** The value to use for a parameter: raw, normalised or averaged. */
  weight(parameter: Parameter): Tensor;
  /** Moments for batch norm: those of the batch itself, or given ones for each layer. */
  readonly moments: 'batch' | ((state: BatchNormState) => Moments);
  /** Told the batch's mean and (biased) variance by every batch norm in `batch` mode. */
  readonly onMoments?: (state: BatchNormState, moments: Moments, count: number) => void;
  /** Told the output of every named layer; used to find where a number went wrong. */
  readonly onOutput?: (layer: string, output: Tensor) => void;
}

/** One layer of a network, built for a known input shape. */
export interface Layer {
  readonly outputShape: Shape;
  readonly parameters: readonly Parameter[];
  readonly batchNorms: readonly BatchNormState[];
  apply(x: Tensor, pass: Pass): Tensor;
}

/** What a layer is built from. */
export interface LayerContext {
  readonly inputShape: Shape;
  /** Makes a trainable array; its random stream follows from the order of the calls. */
  parameter(spec: ParameterSpec): Parameter;
}

/** A layer as written in a network's table: becomes a Layer once its input shape is known. */
export type LayerSpec = (context: LayerContext) => Layer;

/** A layer without parameters that keeps the shape. */
export function elementwise(f: (x: Tensor) => Tensor): LayerSpec {
  return ({ inputShape }) => ({
    outputShape: inputShape,
    parameters: [],
    batchNorms: [],
    apply: (x) => f(x),
  });
}

/** Layers one after the other, as one layer. */
export function sequence(...specs: LayerSpec[]): LayerSpec {
  return (context) => {
    const layers: Layer[] = [];
    let { inputShape } = context;
    for (const spec of specs) {
      const layer = spec({ ...context, inputShape });
      layers.push(layer);
      inputShape = layer.outputShape;
    }
    return {
      outputShape: inputShape,
      parameters: layers.flatMap((layer) => layer.parameters),
      batchNorms: layers.flatMap((layer) => layer.batchNorms),
      apply: (x, pass) => layers.reduce((value, layer) => layer.apply(value, pass), x),
    };
  };
}

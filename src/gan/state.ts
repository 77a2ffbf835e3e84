import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { sizeOf, type NamedArray } from '../shared/tensors';
import { UserError } from '../shared/userError';
import type { Adam } from './adam';
import type { Gan } from './gan';
import type { BatchNormState } from './layers/batchNorm';
import type { Network } from './network';
import type { Moments } from './ops/batchNormalize';
import { isLinear } from './parameter';
import { flattenedLayout, fromTorch, sameLayout, toTorch, type TorchLayout } from './torchLayout';

/**
 * The state of training as named arrays in PyTorch's layout.
 *
 * `d.` and `g.` are followed by names that `load_state_dict` of a PyTorch twin takes, with spectral
 * normalisation as `torch.nn.utils.parametrizations.spectral_norm` names it. `g_ema.` is the
 * averaged generator with batch statistics of its own, `adam.` holds the moments.
 */

/** One array of the state and where it lives. */
interface StateArray {
  readonly name: string;
  readonly variable: Variable;
  readonly layout: TorchLayout;
}

/** Every array that training changes. */
function stateArrays(gan: Gan): StateArray[] {
  const { generator, discriminator, average, adamG, adamD } = gan;
  const averaged = average
    ? generator.parameters.map((parameter) => ({
        name: `g_ema.${parameter.name}`,
        variable: average.of(parameter),
        layout: parameter.layout,
      }))
    : [];
  return [
    ...networkArrays(discriminator),
    ...networkArrays(generator),
    ...averaged,
    ...adamArrays(discriminator, adamD),
    ...adamArrays(generator, adamG),
  ];
}

/** The variables behind {@link exportState}, in an order that follows from the config alone. */
export function stateVariables(gan: Gan): Variable[] {
  return stateArrays(gan).map(({ variable }) => variable);
}

/**
 * Names of the raw weight, u and v of a normalised layer, as PyTorch's parametrisation has them.
 *
 * @param layer with the network's prefix, for example `d.conv1`
 */
export function normalizedNames(layer: string): { weight: string; u: string; v: string } {
  const parametrization = `${layer}.parametrizations.weight`;
  return {
    weight: `${parametrization}.original`,
    u: `${parametrization}.0._u`,
    v: `${parametrization}.0._v`,
  };
}

function networkArrays({ role, parameters, batchNorms }: Network): StateArray[] {
  const weights = parameters.flatMap((parameter): StateArray[] => {
    const { name, variable, layout, spectralNorm, sides } = parameter;
    if (!spectralNorm) return [{ name: `${role}.${name}`, variable, layout }];
    if (!sides) throw new Error(`The shapes of u and v of ${role}.${name} are not known.`);
    const names = normalizedNames(`${role}.${parameter.layer}`);
    return [
      { name: names.weight, variable, layout },
      { name: names.u, variable: spectralNorm.u, layout: flattenedLayout(sides.output) },
      { name: names.v, variable: spectralNorm.v, layout: flattenedLayout(sides.input) },
    ];
  });
  const statistics = batchNorms.flatMap(({ layer, mean, variance }): StateArray[] => [
    { name: `${role}.${layer}.running_mean`, variable: mean, layout: sameLayout(mean.shape) },
    { name: `${role}.${layer}.running_var`, variable: variance, layout: sameLayout(mean.shape) },
  ]);
  return [...weights, ...statistics];
}

function adamArrays({ role, parameters }: Network, adam: Adam): StateArray[] {
  return parameters.flatMap(({ name, layout }, i): StateArray[] => [
    { name: `adam.${role}.${name}.exp_avg`, variable: adam.moments[i].first, layout },
    { name: `adam.${role}.${name}.exp_avg_sq`, variable: adam.moments[i].second, layout },
  ]);
}

/** The whole state of training, in float32 and without loss. */
export async function exportState(gan: Gan): Promise<NamedArray[]> {
  return Promise.all(
    stateArrays(gan).map(async ({ name, variable, layout }) => ({
      name,
      shape: layout.shape,
      data: toTorch((await variable.data()) as Float32Array, layout),
    })),
  );
}

/** One array of the state as it was at one moment; its tensor belongs to whoever holds it. */
export interface HeldArray {
  readonly name: string;
  readonly layout: TorchLayout;
  readonly tensor: Tensor;
}

/**
 * The whole state as it is now. Training may go on: a variable that is assigned gets other memory,
 * and what it had stays with the held tensor. So nothing is copied here.
 */
export function holdState(gan: Gan): HeldArray[] {
  return stateArrays(gan).map(({ name, variable, layout }) => ({
    name,
    layout,
    tensor: tf.clone<Tensor>(variable),
  }));
}

/** One array of batch-norm moments, which training does not keep: they are taken when asked for. */
export interface MomentArray {
  readonly name: string;
  readonly layout: TorchLayout;
  /** Its tensor among the moments that are in use with the averaged weights. */
  readonly of: (moments: (state: BatchNormState) => Moments) => Tensor;
}

/**
 * The batch-norm moments that go with the averaged generator, for those who load it elsewhere; none
 * without averaging.
 */
export function averagedMoments({ generator, average }: Gan): MomentArray[] {
  if (!average) return [];
  return generator.batchNorms.flatMap((state): MomentArray[] => {
    const prefix = `g_ema.${state.layer}`;
    const layout = sameLayout(state.mean.shape);
    return [
      { name: `${prefix}.running_mean`, layout, of: (moments) => moments(state).mean },
      { name: `${prefix}.running_var`, layout, of: (moments) => moments(state).variance },
    ];
  });
}

/**
 * The {@link averagedMoments} of a file, for the caller to dispose of; undefined where some of them
 * are missing or have another shape, so that they have to be computed anew.
 */
export function importSamplerMoments(
  { generator, average }: Gan,
  arrays: ReadonlyMap<string, NamedArray>,
): Map<BatchNormState, Moments> | undefined {
  if (!average) return undefined;
  const pairs = generator.batchNorms.map((state) => {
    const pair = ['mean', 'var'].map((name) => arrays.get(`g_ema.${state.layer}.running_${name}`));
    const fits = pair.every((array) => array?.data.length === state.mean.size);
    return fits ? { state, pair: pair as NamedArray[] } : undefined;
  });
  if (!pairs.every((found) => found !== undefined)) return undefined;
  return new Map(
    pairs.map(({ state, pair }) => {
      const [mean, variance] = pair.map(({ data }) => tf.tensor(data, state.mean.shape));
      return [state, { mean, variance }];
    }),
  );
}

/**
 * Puts a state back.
 *
 * @param origin the file, for messages
 * @throws UserError when an array is missing or has another shape; nothing is changed then
 */
export function importState(
  gan: Gan,
  arrays: ReadonlyMap<string, NamedArray>,
  origin: string,
): void {
  const wanted = stateArrays(gan);
  for (const { name, layout } of wanted) {
    const array = arrays.get(name);
    if (!array) {
      throw new UserError(
        `${origin} has no array "${name}", which this config needs; resume with the config of the run that wrote it.`,
      );
    }
    if (array.shape.join() !== layout.shape.join() || array.data.length !== sizeOf(layout.shape)) {
      throw new UserError(
        `${origin}: "${name}" has shape [${array.shape.join(', ')}], but this config needs [${layout.shape.join(', ')}]; resume with the config of the run that wrote it.`,
      );
    }
  }
  for (const { name, variable, layout } of wanted) {
    const { data } = arrays.get(name) as NamedArray;
    tf.tidy(() => variable.assign(tf.tensor(fromTorch(data, layout), variable.shape, 'float32')));
  }
}

/** What an inspector must know of a linear layer to judge it without the model's code. */
export interface LayerDescription {
  /** With the network's prefix, for example `d.conv1`. */
  readonly name: string;
  readonly kind: string;
  readonly normalized: boolean;
  readonly stride?: number;
  readonly padding?: number;
  /** [height, width] */
  readonly inputSize?: readonly [number, number];
}

/** Descriptions of all linear layers of both networks. */
export function describeLayers({ discriminator, generator }: Gan): LayerDescription[] {
  return [discriminator, generator].flatMap(({ role, parameters }) =>
    parameters.filter(isLinear).map(({ layer, kind, geometry, spectralNorm }) => ({
      name: `${role}.${layer}`,
      kind,
      normalized: spectralNorm !== undefined,
      ...geometry,
    })),
  );
}

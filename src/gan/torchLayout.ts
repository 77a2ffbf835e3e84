import { sizeOf } from '../shared/tensors';

/**
 * How an array of ours lies in PyTorch. Ours is read as an array of shape `view`, its axes are
 * reordered by `order`, and the result is named `shape`. A dense layer behind a flattened
 * [height, width, channels] needs this: PyTorch flattens (channels, height, width).
 */
export interface TorchLayout {
  readonly view: readonly number[];
  readonly order: readonly number[];
  readonly shape: readonly number[];
}

/** The layout of an array that is the same in both worlds. */
export function sameLayout(shape: readonly number[]): TorchLayout {
  return { view: shape, order: shape.map((_, axis) => axis), shape };
}

/** Axis order from [height, width, channels] to (channels, height, width); others stay. */
export function channelsFirst(rank: number): number[] {
  return rank === 3 ? [2, 0, 1] : Array.from({ length: rank }, (_, axis) => axis);
}

/** The layout of a flattened array of this shape (channels last here, first in PyTorch). */
export function flattenedLayout(view: readonly number[]): TorchLayout {
  return { view, order: channelsFirst(view.length), shape: [sizeOf(view)] };
}

/** Ours to PyTorch's order. */
export function toTorch(values: Float32Array, layout: TorchLayout): Float32Array {
  const result = new Float32Array(values.length);
  const sources = sourceIndices(layout);
  for (let i = 0; i < result.length; i++) result[i] = values[sources[i]];
  return result;
}

/** PyTorch's order to ours. */
export function fromTorch(values: Float32Array, layout: TorchLayout): Float32Array {
  const result = new Float32Array(values.length);
  const sources = sourceIndices(layout);
  for (let i = 0; i < result.length; i++) result[sources[i]] = values[i];
  return result;
}

/** For every element of PyTorch's array, row by row, its index in ours. */
function sourceIndices({ view, order }: TorchLayout): Uint32Array {
  const strides = view.map((_, axis) => sizeOf(view.slice(axis + 1)));
  const lengths = order.map((axis) => view[axis]);
  const steps = order.map((axis) => strides[axis]);
  const indices = new Uint32Array(sizeOf(view));
  const position = new Array<number>(order.length).fill(0);
  let source = 0;
  for (let i = 0; i < indices.length; i++) {
    indices[i] = source;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      source += steps[axis];
      if (++position[axis] < lengths[axis]) break;
      source -= steps[axis] * lengths[axis];
      position[axis] = 0;
    }
  }
  return indices;
}

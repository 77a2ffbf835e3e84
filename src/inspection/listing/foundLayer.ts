import type { Normalization } from '../../shared/inspection';

/**
 * How the axes of a file's array follow each other.
 *
 * - `torch`: as PyTorch and Chainer have them, outputs first
 * - `keras`: as TensorFlow has them, the kernel first and the outputs last
 * - `depthwise`: TensorFlow's [height, width, channels, multiplier], one filter for each channel
 */
export type AxisOrder = 'torch' | 'keras' | 'depthwise';

/** Arrays of a file that make up one linear layer, before anything is known of its network. */
export interface FoundLayer {
  /** What the names of its arrays have in common. */
  readonly name: string;
  readonly weight: string;
  readonly u?: string;
  readonly v?: string;
  readonly bias?: string;
  readonly order: AxisOrder;
  /** Of the weight, in PyTorch's layout; 2 sides, or 4 with those of the kernel. */
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly normalization: Normalization;
}

/** The names between the dots or slashes of an array's or layer's name. */
export function segmentsOf(name: string): string[] {
  return name.split(/[./]/);
}

/**
 * The shape of a weight in PyTorch's layout; one-dimensional convolutions get a kernel of height 1.
 *
 * @returns undefined for shapes that no layer here has
 */
export function torchShape(shape: readonly number[], order: AxisOrder): number[] | undefined {
  if (shape.length < 2 || shape.length > 4 || shape.includes(0)) return undefined;
  if (order === 'torch') {
    return shape.length === 3 ? [shape[0], shape[1], 1, shape[2]] : [...shape];
  }
  const kernel = shape.slice(0, -2);
  const [inputs, outputs] = shape.slice(-2);
  if (kernel.length === 0) return order === 'keras' ? [outputs, inputs] : undefined;
  const sides = kernel.length === 1 ? [1, kernel[0]] : kernel;
  return order === 'keras' ? [outputs, inputs, ...sides] : [inputs * outputs, 1, ...sides];
}

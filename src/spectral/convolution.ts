import type { LayerGeometry } from '../shared/inspection';
import { convolutionMap } from './convolutionMap';

/** All of a convolution but its weight: what its sides depend on. */
export interface ConvolutionGeometry extends Omit<LayerGeometry, 'kind'> {
  /**
   * [out, in / groups, kernel height, kernel width]; of a transposed convolution
   * [in, out / groups, kernel height, kernel width].
   */
  readonly shape: readonly [number, number, number, number];
  readonly transposed: boolean;
}

/** A convolution as a linear map between images, in PyTorch's terms and float64. */
export interface Convolution extends ConvolutionGeometry {
  /** Row-major, of its shape. */
  readonly weight: Float64Array;
}

/**
 * [height, width] of what the convolution makes of an input of its size; below 1 where its geometry
 * is impossible.
 */
export function outputSize(c: ConvolutionGeometry): [number, number] {
  return [outputSide(c, 0), outputSide(c, 1)];
}

function outputSide(c: ConvolutionGeometry, side: 0 | 1): number {
  const reach = c.dilation[side] * (c.shape[2 + side] - 1) + 1;
  const zeros = c.padding[2 * side] + c.padding[2 * side + 1];
  if (c.transposed) {
    return (c.inputSize[side] - 1) * c.stride[side] + reach + c.outputPadding[side] - zeros;
  }
  return Math.floor((c.inputSize[side] + zeros - reach) / c.stride[side]) + 1;
}

/**
 * Why there is no such convolution, as one sentence with what to do about it; undefined where there
 * is one.
 */
export function geometryFlaw(c: ConvolutionGeometry): string | undefined {
  return flawOfNumbers(c) ?? flawOfSide(c, 0) ?? flawOfSide(c, 1);
}

function flawOfNumbers(c: ConvolutionGeometry): string | undefined {
  const { shape, stride, dilation, groups, inputSize, padding, outputPadding } = c;
  const counts = [...shape, ...stride, ...dilation, groups, ...inputSize];
  if (!counts.every((value) => Number.isSafeInteger(value) && value >= 1)) {
    return 'Stride, dilation, groups and the sides of the kernel and the input must be whole numbers of 1 or more.';
  }
  if (![...padding, ...outputPadding].every((value) => Number.isSafeInteger(value) && value >= 0)) {
    return 'Padding must be whole numbers of 0 or more.';
  }
  if (shape[0] % groups !== 0) {
    return `The ${shape[0]} channels of the weight cannot be divided into ${groups} groups; correct the number of groups.`;
  }
  if (c.transposed) return undefined;
  return outputPadding.some((value) => value > 0)
    ? 'Only a transposed convolution has output padding; set it to 0.'
    : undefined;
}

function flawOfSide(c: ConvolutionGeometry, side: 0 | 1): string | undefined {
  const name = side === 0 ? 'high' : 'wide';
  const reach = c.dilation[side] * (c.shape[2 + side] - 1) + 1;
  const zeros = c.padding[2 * side] + c.padding[2 * side + 1];
  const input = c.inputSize[side];
  if (!c.transposed) {
    return reach > input + zeros
      ? `A kernel of ${c.shape[2]} x ${c.shape[3]} does not fit into an input of ${c.inputSize.join(' x ')}: it is ${reach} pixels ${name}, but the input with its padding only ${input + zeros}; correct the input size or the padding.`
      : undefined;
  }
  const extra = c.outputPadding[side];
  if (extra > 0 && extra >= Math.max(c.stride[side], c.dilation[side])) {
    return `An output padding of ${extra} must be smaller than the stride or the dilation, ${Math.max(c.stride[side], c.dilation[side])}.`;
  }
  const output = (input - 1) * c.stride[side] + reach + extra - zeros;
  return output < 1
    ? `The output would be ${output} pixels ${name}; correct the padding or the input size.`
    : undefined;
}

/**
 * A x: an image `x` [in, height, width] becomes [out, height', width'], row-major; no bias. To apply
 * one convolution often, prepare it with `convolutionMap`.
 *
 * @throws UserError if the geometry is impossible
 */
export function convolve(c: Convolution, x: Float64Array): Float64Array {
  return convolutionMap(c).apply(x);
}

/** A^T y: the adjoint of {@link convolve}, from [out, height', width'] to [in, height, width]. */
export function convolveTransposed(c: Convolution, y: Float64Array): Float64Array {
  return convolutionMap(c).applyTransposed(y);
}

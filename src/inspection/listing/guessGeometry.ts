import type { LayerGeometry, LayerKind, WeightFormat } from '../../shared/inspection';

type Four = readonly [number, number, number, number];

/** Geometry of a layer that has no image. */
export const flatGeometry = {
  stride: [1, 1],
  padding: [0, 0, 0, 0],
  dilation: [1, 1],
  groups: 1,
  outputPadding: [0, 0],
  inputSize: [1, 1],
} as const satisfies Omit<LayerGeometry, 'kind'>;

/** Where a convolution stands, as far as it tells something of its stride and padding. */
export type ConvolutionPlace =
  /** The convolution turns an image of its kernel's size into one pixel, or the other way round. */
  | 'whole'
  /** Anywhere else. */
  | 'inside';

/**
 * Stride and padding that kernels of this size usually have: odd ones keep the image's size, even
 * ones halve it (transposed: double it); 5 x 5 does as well, as in the DCGAN of TensorFlow.
 * TensorFlow pads more at the bottom and on the right where it cannot pad evenly.
 */
export function guessGeometry(
  kind: LayerKind,
  [height, width]: readonly [number, number],
  groups: number,
  place: ConvolutionPlace,
  format: WeightFormat,
): LayerGeometry {
  if (kind === 'dense' || kind === 'embedding' || place === 'whole') {
    return { kind, ...flatGeometry, groups };
  }
  const stride = [strideOf(height), strideOf(width)] as const;
  const [top, bottom] = paddingOf(height, stride[0], format);
  const [left, right] = paddingOf(width, stride[1], format);
  const padding: Four = [top, bottom, left, right];
  // What the padding lacks to make the transposed convolution multiply the size exactly.
  const missing = ([kernel, step, zeros]: readonly [number, number, number]): number =>
    kind === 'convTranspose' ? Math.max(0, step - kernel + zeros) : 0;
  return {
    ...flatGeometry,
    kind,
    stride,
    padding,
    groups,
    outputPadding: [
      missing([height, stride[0], top + bottom]),
      missing([width, stride[1], left + right]),
    ],
  };
}

function strideOf(kernel: number): number {
  return kernel % 2 === 0 || kernel === 5 ? 2 : 1;
}

function paddingOf(kernel: number, stride: number, format: WeightFormat): [number, number] {
  const zeros = Math.max(0, kernel - stride);
  if (format === 'tfjs') return [zeros >> 1, zeros - (zeros >> 1)];
  const even = (zeros + 1) >> 1;
  return [even, even];
}

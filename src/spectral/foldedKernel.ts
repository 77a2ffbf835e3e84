import type { Convolution } from './convolution';
import { greatestCommonDivisor } from './greatestCommonDivisor';
import { powerOfTwoBelow } from './matrix';

/**
 * A strided convolution as one of stride 1: an image is taken apart into one image for each position
 * of a pixel within its stride ("space to depth"), which is a mere renaming of pixels, and the
 * kernel's taps go with them. Tap t of the kernel reaches pixel s i + d t; all taps that reach the
 * same of the smaller images stand e = s / gcd(s, d) apart, and come to lie d / gcd(s, d) pixels
 * apart on it. Singular values do not change, nor do they if each image is shifted against the
 * others: tap t = e q + r becomes tap q of image r.
 */
export interface FoldedKernel {
  /** Row-major: [groups, out / groups, in / groups, kh, kw] as it stands; tap t is tap t / e of image t % e. */
  readonly weight: Float64Array;
  /** `weight` times this is the convolution's. A power of two, so that squares are safe. */
  readonly scale: number;
  readonly groups: number;
  /** Of one group. */
  readonly out: number;
  /** Of one group, before folding. */
  readonly channels: number;
  readonly sides: readonly [FoldedSide, FoldedSide];
}

/** One direction of the kernel. */
export interface FoldedSide {
  readonly taps: number;
  readonly stride: number;
  /** e: how many taps lie from one to the next that reaches the same image. */
  readonly apart: number;
  /** How many images there are that taps reach: min(e, taps). */
  readonly images: number;
  /** How many taps each has at most: ceil(taps / e). */
  readonly foldedTaps: number;
  /** How many pixels of its image lie between them: d / gcd(s, d). */
  readonly spacing: number;
}

/**
 * The kernel of a convolution, to be folded. That of a transposed one is its adjoint's, which has the
 * same singular values.
 */
export function foldedKernel(c: Convolution): FoldedKernel {
  const scale = powerOfTwoBelow(c.weight);
  return {
    weight: scale === 0 ? c.weight : c.weight.map((value) => value / scale),
    scale,
    groups: c.groups,
    out: c.shape[0] / c.groups,
    channels: c.shape[1],
    sides: [foldedSide(c, 0), foldedSide(c, 1)],
  };
}

function foldedSide(c: Convolution, side: 0 | 1): FoldedSide {
  const taps = c.shape[2 + side];
  const stride = c.stride[side];
  const divisor = greatestCommonDivisor(stride, c.dilation[side]);
  const apart = stride / divisor;
  return {
    taps,
    stride,
    apart,
    images: Math.min(apart, taps),
    foldedTaps: Math.ceil(taps / apart),
    spacing: c.dilation[side] / divisor,
  };
}

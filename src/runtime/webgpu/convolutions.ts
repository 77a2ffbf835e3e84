import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './backend';
import { fits, runImageProduct, type ImageProduct } from './tiledProduct';

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Shape4D = [number, number, number, number];

interface ConvAttributes {
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Of a gradient. */
  readonly inputShape?: Shape4D;
  readonly filterShape?: Shape4D;
}

/**
 * Convolutions of [batch, height, width, channels] and their gradients as tiled matrix products.
 * The stock gradients are plain loops without shared memory: each product of theirs reads both of
 * its factors from global memory, and for the gradient of a filter, one thread sums over the whole
 * batch. The stock forward shader fills its tiles from one image alone, so that at 4x4 half of
 * them are empty. Dilated convolutions and channels first are left to the stock kernels.
 */
export const conv2d = (stock: KernelFunc): KernelFunc =>
  asProduct(stock, (inputs, attributes) => {
    const [x, filter] = [inputs['x'], inputs['filter']];
    const info = convInfo(x.shape as Shape4D, filter.shape as Shape4D, attributes);
    return forward(x, filter, info);
  });

export const conv2dInputGradient = (stock: KernelFunc): KernelFunc =>
  asProduct(stock, (inputs, attributes) => {
    const [dy, filter] = [inputs['dy'], inputs['filter']];
    const info = convInfo(attributes.inputShape as Shape4D, filter.shape as Shape4D, attributes);
    return inputGradient(dy, filter, info);
  });

export const conv2dFilterGradient = (stock: KernelFunc): KernelFunc =>
  asProduct(stock, (inputs, attributes) => {
    const [x, dy] = [inputs['x'], inputs['dy']];
    const info = convInfo(x.shape as Shape4D, attributes.filterShape as Shape4D, attributes);
    return filterGradient(x, dy, info);
  });

function asProduct(
  stock: KernelFunc,
  productOf: (
    inputs: Readonly<Record<string, TensorInfo>>,
    attributes: ConvAttributes,
  ) => ImageProduct,
): KernelFunc {
  return (call) => {
    const attributes = call.attrs as unknown as ConvAttributes;
    const { dataFormat, dilations = 1 } = attributes;
    const dilated = [dilations].flat().some((dilation) => dilation !== 1);
    if (dataFormat === 'NCHW' || dilated) return stock(call);
    const product = productOf(call.inputs as Record<string, TensorInfo>, attributes);
    return fits(product) ? runImageProduct(call.backend as WebgpuBackend, product) : stock(call);
  };
}

function convInfo(input: Shape4D, filter: Shape4D, attributes: ConvAttributes): ConvInfo {
  const { strides, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad, dimRoundingMode);
}

/** y[b, oh, ow, o] = Σ x[b, oh s + kh - p, ow s + kw - p, c] W[kh, kw, c, o]. */
function forward(x: TensorInfo, filter: TensorInfo, info: ConvInfo): ImageProduct {
  const { inHeight, inWidth, inChannels, outChannels } = info;
  return {
    name: 'convolution',
    rows: info.batchSize * info.outHeight * info.outWidth,
    columns: outChannels,
    terms: info.filterHeight * info.filterWidth * inChannels,
    phases: 1,
    a: { tensor: x, alongK: true, inFours: inChannels % 4 === 0 },
    b: { tensor: filter, alongK: false, inFours: outChannels % 4 === 0 },
    columnStep: 1,
    outputShape: info.outShape,
    image: [inHeight, inWidth, inChannels],
    rowOf: `
      ${outputPixel('row')}
      return vec4<i32>(pixel - padding(), image * imageSize(), row * uniforms.columns);`,
    termOf: `
      ${filterTap('k')}
      return vec4<i32>(tap, c, k * uniforms.columns);`,
    declarations,
    numbers: numbersOf(info),
  };
}

/** dW[kh, kw, c, o] = Σ x[b, oh s + kh - p, ow s + kw - p, c] dy[b, oh, ow, o] over b, oh and ow. */
function filterGradient(x: TensorInfo, dy: TensorInfo, info: ConvInfo): ImageProduct {
  const { inHeight, inWidth, inChannels, outChannels } = info;
  return {
    name: 'filterGradient',
    rows: info.filterHeight * info.filterWidth * inChannels,
    columns: outChannels,
    terms: info.batchSize * info.outHeight * info.outWidth,
    phases: 1,
    a: { tensor: x, alongK: false, inFours: inChannels % 4 === 0 },
    b: { tensor: dy, alongK: false, inFours: outChannels % 4 === 0 },
    columnStep: 1,
    outputShape: info.filterShape,
    image: [inHeight, inWidth, inChannels],
    rowOf: `
      ${filterTap('row')}
      return vec4<i32>(tap - padding(), c, row * uniforms.columns);`,
    termOf: `
      ${outputPixel('k')}
      return vec4<i32>(pixel, image * imageSize(), k * uniforms.columns);`,
    declarations,
    numbers: numbersOf(info),
  };
}

/**
 * dx[b, h, w, c] = Σ dy[b, (h + p - kh) / s, (w + p - kw) / s, o] W[kh, kw, c, o] over those kh and
 * kw for which the quotients are whole. They are the same for all h and w of one remainder by the
 * stride: each pair of remainders is a phase, a dense product of its own.
 */
function inputGradient(dy: TensorInfo, filter: TensorInfo, info: ConvInfo): ImageProduct {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const phaseHeight = Math.ceil(inHeight / strideHeight);
  const phaseWidth = Math.ceil(inWidth / strideWidth);
  return {
    name: 'inputGradient',
    rows: info.batchSize * phaseHeight * phaseWidth,
    columns: inChannels,
    terms:
      Math.ceil(filterHeight / strideHeight) * Math.ceil(filterWidth / strideWidth) * outChannels,
    phases: strideHeight * strideWidth,
    a: { tensor: dy, alongK: true, inFours: outChannels % 4 === 0 },
    b: { tensor: filter, alongK: true, inFours: outChannels % 4 === 0 },
    columnStep: outChannels,
    outputShape: info.inShape,
    image: [outHeight, outWidth, outChannels],
    rowOf: `
      let x = row % uniforms.phaseWidth;
      let y = row / uniforms.phaseWidth % uniforms.phaseHeight;
      let image = row / (uniforms.phaseWidth * uniforms.phaseHeight);
      let left = remainder(phase);
      let input = vec2<i32>(y, x) * stride() + left;
      let start = vec2<i32>(y, x) + (left + padding() - firstTap(phase)) / stride();
      let place = ((image * uniforms.inHeight + input.x) * uniforms.inWidth + input.y) * uniforms.columns;
      let inside = input.x < uniforms.inHeight && input.y < uniforms.inWidth;
      return vec4<i32>(start, image * imageSize(), select(-1, place, inside));`,
    termOf: `
      let o = k % uniforms.channels;
      let across = tapsOf(phase).y;
      let next = vec2<i32>(k / uniforms.channels / across, k / uniforms.channels % across);
      let tap = firstTap(phase) + next * stride();
      let filterPlace = (tap.x * uniforms.filterWidth + tap.y) * uniforms.columns * uniforms.channels;
      return vec4<i32>(-next, o, filterPlace + o);`,
    termsOf: `
      let taps = tapsOf(phase);
      return taps.x * taps.y * uniforms.channels;`,
    declarations: `
      ${declarations}
      /** h and w modulo the stride. */
      fn remainder(phase: i32) -> vec2<i32> {
        return vec2<i32>(phase / uniforms.strideWidth, phase % uniforms.strideWidth);
      }
      /** The first kh and kw that a phase has; the others follow in steps of the stride. */
      fn firstTap(phase: i32) -> vec2<i32> {
        return (remainder(phase) + padding()) % stride();
      }
      fn tapsOf(phase: i32) -> vec2<i32> {
        let size = vec2<i32>(uniforms.filterHeight, uniforms.filterWidth);
        return (size - firstTap(phase) + stride() - 1) / stride();
      }`,
    numbers: { ...numbersOf(info), inHeight, inWidth, filterHeight, phaseHeight, phaseWidth },
  };
}

const declarations = `
  fn stride() -> vec2<i32> {
    return vec2<i32>(uniforms.strideHeight, uniforms.strideWidth);
  }
  fn padding() -> vec2<i32> {
    return vec2<i32>(uniforms.paddingTop, uniforms.paddingLeft);
  }
  fn imageSize() -> i32 {
    return uniforms.height * uniforms.width * uniforms.channels;
  }`;

function numbersOf(info: ConvInfo): Record<string, number> {
  const { strideHeight, strideWidth, padInfo, filterWidth, outHeight, outWidth } = info;
  const { top: paddingTop, left: paddingLeft } = padInfo;
  return { strideHeight, strideWidth, paddingTop, paddingLeft, filterWidth, outHeight, outWidth };
}

/** `image` of a pixel of the output, and where the filter's first tap is there but for padding. */
const outputPixel = (number: string): string => `
      let ow = ${number} % uniforms.outWidth;
      let oh = ${number} / uniforms.outWidth % uniforms.outHeight;
      let image = ${number} / (uniforms.outWidth * uniforms.outHeight);
      let pixel = vec2<i32>(oh, ow) * stride();`;

/** (kh, kw) and `c` of a row of the filter as a matrix. */
const filterTap = (number: string): string => `
      let c = ${number} % uniforms.channels;
      let kw = ${number} / uniforms.channels % uniforms.filterWidth;
      let tap = vec2<i32>(${number} / uniforms.channels / uniforms.filterWidth, kw);`;

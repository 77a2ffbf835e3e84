import type { backend_util } from '@tensorflow/tfjs-core';
import type { Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { matrixProduct } from './matrixProduct';
import { picked, walked } from './picking';
import { padded, reshaped } from './shaping';

/**
 * Convolutions as matrix products of patches ("im2col"), where that is the faster way: on a
 * processor, small maps with large filters, for which oneDNN's own operations take up to twice as
 * long. The patches of one array serve a forward pass and the gradient of its filter alike.
 */

type Convolution = backend_util.Conv2DInfo;

/** Output places of an image, height times width, up to which a product is the faster way. */
const FEW_PLACES = 16;

/** The same for filter gradients in bfloat16, if the filter has many elements for each place. */
const FEW_NARROW_PLACES = 64;
const MANY_ELEMENTS_A_PLACE = 4000;

/** Whether a forward convolution is quicker as {@link convolutionProduct}. */
export function suitsConvolutionProduct(
  { processor }: RecordingBackend,
  convolution: Convolution,
): boolean {
  return processor && isDense(convolution) && placesOf(convolution) <= FEW_PLACES;
}

/** Whether the gradient of a filter is quicker as {@link filterGradientProduct}. */
export function suitsFilterGradientProduct(
  backend: RecordingBackend,
  convolution: Convolution,
): boolean {
  if (suitsConvolutionProduct(backend, convolution)) return true;
  if (!backend.processor || !backend.narrow || !isDense(convolution)) return false;
  const places = placesOf(convolution);
  const elements = convolution.filterShape.reduce((size, side) => size * side, 1);
  return places <= FEW_NARROW_PLACES && elements >= MANY_ELEMENTS_A_PLACE * places;
}

function isDense({ dilationHeight, dilationWidth }: Convolution): boolean {
  return dilationHeight === 1 && dilationWidth === 1;
}

function placesOf({ outHeight, outWidth }: Convolution): number {
  return outHeight * outWidth;
}

/** x [b, height, width, ci] by a filter [k, k, ci, co]: patches [places, k·k·ci] by [k·k·ci, co]. */
export function convolutionProduct(
  backend: RecordingBackend,
  x: Value,
  filter: Value,
  convolution: Convolution,
): Value {
  const patches = patchesOf(backend, x, convolution);
  const [, inputs] = patches.shape;
  const { outChannels, outShape } = convolution;
  const matrix = reshaped(backend, filter, [inputs, outChannels]);
  return reshaped(backend, matrixProduct(backend, patches, matrix), outShape);
}

/** The gradient of a filter [k, k, ci, co]: patches of x, transposed, by dy [places, co]. */
export function filterGradientProduct(
  backend: RecordingBackend,
  x: Value,
  dy: Value,
  convolution: Convolution,
): Value {
  const patches = patchesOf(backend, x, convolution);
  const [places] = patches.shape;
  const { outChannels, filterShape } = convolution;
  const gradients = reshaped(backend, dy, [places, outChannels]);
  return reshaped(backend, matrixProduct(backend, patches, gradients, { a: true }), filterShape);
}

/** What the filter sees at each output place: [b·height·width, k·k·ci]. */
function patchesOf(backend: RecordingBackend, x: Value, convolution: Convolution): Value {
  const { batchSize, filterHeight, filterWidth, inChannels } = convolution;
  const map = padded(backend, x, convolution.padInfo);
  const [, height, width] = map.shape;
  const pixels = reshaped(backend, map, [batchSize, height * width, inChannels]);
  const seen = pixelsSeen(backend, convolution, width);
  const gathered = picked(backend, pixels, seen, 1);
  const places = batchSize * placesOf(convolution);
  return reshaped(backend, gathered, [places, filterHeight * filterWidth * inChannels]);
}

/** Numbers of the pixels that the filter sees, place by place: of a map [height, width], row by row. */
function pixelsSeen(backend: RecordingBackend, convolution: Convolution, width: number): Value {
  const { outHeight, outWidth, filterHeight, filterWidth } = convolution;
  const { strideHeight, strideWidth } = convolution;
  return walked(backend, [
    { count: outHeight, step: strideHeight * width },
    { count: outWidth, step: strideWidth },
    { count: filterHeight, step: width },
    { count: filterWidth, step: 1 },
  ]);
}

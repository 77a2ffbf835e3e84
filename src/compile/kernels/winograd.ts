import type { backend_util } from '@tensorflow/tfjs-core';
import type { Value } from '../graph';
import { minimalFiltering, mirrored, transposed, type Matrix } from '../minimalFiltering';
import type { RecordingBackend } from '../recordingBackend';
import { typeOf } from './kernel';
import { matrixProduct } from './matrixProduct';
import { picked, walked } from './picking';
import { padded, reshaped } from './shaping';

/**
 * 3x3 convolutions by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016): an output
 * tile of 4x4 takes 36 products of each pair of channels instead of 144. All three passes of a layer
 * become 36 matrix products of [tiles, ci] and [ci, co] each, between small products that turn maps
 * into tiles and back.
 *
 * In float32 alone: rounding is a few times that of a plain sum (of relative size 1e-6), which
 * bfloat16 would not bear.
 */

type Convolution = backend_util.Conv2DInfo;

/** F(4, 3) along an axis, with half the rounding errors of the usual points 0, ±1 and ±2. */
export const filtering = minimalFiltering(3, [
  0,
  Math.SQRT1_2,
  -Math.SQRT1_2,
  Math.SQRT2,
  -Math.SQRT2,
]);
const { outputs: TILE, inputs: SEEN, taps: TAPS } = filtering;

/** Input times output channels from which transforming the maps costs less than it saves. */
const MANY_CHANNEL_PAIRS = 128 * 128;

/** Tiles of a batch from which transforming the filter costs less than it saves. */
const MANY_TILES = 64;

/** Whether the passes of a convolution are quicker in this way. */
export function suitsWinograd(
  { processor, narrow }: RecordingBackend,
  convolution: Convolution,
): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = convolution;
  const { dilationHeight, dilationWidth, inHeight, inWidth } = convolution;
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = convolution;
  return (
    processor &&
    !narrow &&
    [filterHeight, filterWidth].every((size) => size === TAPS) &&
    [strideHeight, strideWidth, dilationHeight, dilationWidth].every((step) => step === 1) &&
    // "same" padding, which is one row or column at each side.
    inHeight === outHeight &&
    inWidth === outWidth &&
    [inHeight, inWidth].every((size) => size % TILE === 0) &&
    inChannels * outChannels >= MANY_CHANNEL_PAIRS &&
    (batchSize * inHeight * inWidth) / TILE ** 2 >= MANY_TILES
  );
}

/** The forward pass: x [b, height, width, ci] by a filter [3, 3, ci, co]. */
export function winogradConvolution(backend: RecordingBackend, x: Value, filter: Value): Value {
  const taps = ofFilter(backend, filter, filtering.ofTaps);
  return toMaps(backend, matrixProduct(backend, tilesSeen(backend, x), taps), x.shape);
}

/**
 * The gradient of the input: dy [b, height, width, co] by the filter, with its taps from last to
 * first and the channels exchanged, is a convolution as well.
 */
export function winogradInputGradient(backend: RecordingBackend, dy: Value, filter: Value): Value {
  const taps = ofFilter(backend, filter, mirrored(filtering.ofTaps));
  const products = matrixProduct(backend, tilesSeen(backend, dy), taps, { b: true });
  return toMaps(backend, products, dy.shape);
}

/**
 * The gradient of the filter: the forward pass is linear in it, so this is the transpose of what
 * leads from the filter to y. The tiles of x are those of the forward pass.
 */
export function winogradFilterGradient(backend: RecordingBackend, x: Value, dy: Value): Value {
  const products = matrixProduct(backend, tilesSeen(backend, x), ofTiles(backend, dy), { a: true });
  const [count, ci, co] = products.shape;
  const rows = reshaped(backend, products, [count, ci * co]);
  const both = bothAxes(backend, transposed(filtering.ofTaps));
  return reshaped(backend, matrixProduct(backend, both, rows), [TAPS, TAPS, ci, co]);
}

/** The values of a filter [3, 3, ci, co] at the points: [36, ci, co]. */
function ofFilter(backend: RecordingBackend, filter: Value, matrix: Matrix): Value {
  const [, , ci, co] = filter.shape;
  const rows = reshaped(backend, filter, [TAPS * TAPS, ci * co]);
  return reshaped(backend, matrixProduct(backend, bothAxes(backend, matrix), rows), [
    SEEN * SEEN,
    ci,
    co,
  ]);
}

/** What the tiles see of maps [b, height, width, c], which is 6x6 pixels, transformed: [36, tiles, c]. */
function tilesSeen(backend: RecordingBackend, x: Value): Value {
  const map = padded(backend, x, { top: 1, bottom: 1, left: 1, right: 1 });
  return transformedTiles(backend, map, filtering.ofInputs);
}

/** The tiles of maps [b, height, width, c], which are 4x4 pixels, transformed: [36, tiles, c]. */
function ofTiles(backend: RecordingBackend, dy: Value): Value {
  return transformedTiles(backend, dy, transposed(filtering.toOutputs));
}

/** Tiles as wide as a matrix has columns, multiplied by it along both axes. */
function transformedTiles(backend: RecordingBackend, map: Value, matrix: Matrix): Value {
  const [batch, height, width, channels] = map.shape;
  const side = matrix[0].length;
  // Those that overlap end before the margin does.
  const [down, across] = [height, width].map((size) => (size - side) / TILE + 1);
  const pixels = reshaped(backend, map, [batch * height * width, channels]);
  const numbers = walked(backend, [
    { count: side, step: width },
    { count: side, step: 1 },
    { count: batch, step: height * width },
    { count: down, step: TILE * width },
    { count: across, step: TILE },
  ]);
  const tiles = batch * down * across;
  const rows = reshaped(backend, picked(backend, pixels, numbers, 0), [
    side * side,
    tiles * channels,
  ]);
  const product = matrixProduct(backend, bothAxes(backend, matrix), rows);
  return reshaped(backend, product, [matrix.length ** 2, tiles, channels]);
}

/** Outputs [b, height, width, channels] of products [36, tiles, channels]. */
function toMaps(
  backend: RecordingBackend,
  products: Value,
  [batch, height, width]: readonly number[],
): Value {
  const [count, tiles, channels] = products.shape;
  const rows = reshaped(backend, products, [count, tiles * channels]);
  const pixels = reshaped(
    backend,
    matrixProduct(backend, bothAxes(backend, filtering.toOutputs), rows),
    [TILE * TILE * tiles, channels],
  );
  const [down, across] = [height / TILE, width / TILE];
  const numbers = walked(backend, [
    { count: batch, step: down * across },
    { count: down, step: across },
    { count: TILE, step: TILE * tiles },
    { count: across, step: 1 },
    { count: TILE, step: tiles },
  ]);
  const shape = [batch, height, width, channels];
  return reshaped(backend, picked(backend, pixels, numbers, 0), shape);
}

/**
 * What a matrix [n, m] does along both axes of a tile: its Kronecker product with itself,
 * [n·n, m·m]. TensorFlow multiplies it out once, because the file holds no long arrays.
 */
function bothAxes(backend: RecordingBackend, matrix: Matrix): Value {
  const [rows, columns] = [matrix.length, matrix[0].length];
  const values = backend.matrix(matrix);
  const down = reshaped(backend, values, [rows, 1, columns, 1]);
  const across = reshaped(backend, values, [1, rows, 1, columns]);
  const shape = [rows, rows, columns, columns];
  const product = backend.value('Mul', [down, across], typeOf(values), { shape, type: 'float32' });
  return reshaped(backend, product, [rows * rows, columns * columns]);
}

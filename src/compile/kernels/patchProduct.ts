import type { Value } from '../graph';
import type { RecordingBackend } from '../recordingBackend';
import { cast, typeOf } from './kernel';
import { concatenated, reshaped, sliced, transposed } from './shaping';

/** The sides of a convolution with symmetric `same` padding. */
interface Geometry {
  readonly kernel: number;
  readonly stride: number;
}

/** Output places of an image, height times width, up to which the product is the faster way. */
const FEW_PLACES = 64;

/**
 * Whether the filter gradient of a convolution is quicker as {@link patchProduct}. In bfloat16 on a
 * processor oneDNN's own operation for it takes up to twice as long on small maps with many
 * channels; in float32, on large maps and on graphics cards it is the better one.
 */
export function suitsPatchProduct(
  { narrow, processor }: RecordingBackend,
  filterShape: readonly number[],
  dy: Value,
  stride: number,
): boolean {
  const [height, width] = filterShape;
  const [, rows, columns] = dy.shape;
  const regular = height === width && height % stride === 0 && (height - stride) % 2 === 0;
  return narrow && processor && regular && rows * columns <= FEW_PLACES;
}

/**
 * The filter gradient as one matrix product: the patches of x that the kernel saw, [b·h·w, k·k·ci],
 * transposed, times dy [b·h·w, co]. A stride is folded into channels first (space to depth), so
 * that the patches are made of whole slices.
 *
 * @returns float32 [k, k, ci, co]
 */
export function patchProduct(
  backend: RecordingBackend,
  x: Value,
  dy: Value,
  { kernel, stride }: Geometry,
): Value {
  const [batch, rows, columns, outputs] = dy.shape;
  const channels = x.shape[3];
  const folded = folds(backend, padded(backend, x, (kernel - stride) / 2), stride);
  const taps = kernel / stride;
  const depth = folded.shape[3];
  const shape = [batch, rows, columns, depth];
  const slices = Array.from({ length: taps * taps }, (_, i) =>
    sliced(backend, folded, [0, Math.floor(i / taps), i % taps, 0], shape),
  );
  const places = batch * rows * columns;
  const width = taps * taps * depth;
  const patches = reshaped(
    backend,
    slices.length === 1 ? slices[0] : concatenated(backend, slices, 3),
    [places, width],
  );
  const attributes = { ...typeOf(x), transpose_a: { bool: true }, transpose_b: { bool: false } };
  const product = backend.value(
    'MatMul',
    [patches, reshaped(backend, dy, [places, outputs])],
    attributes,
    { shape: [width, outputs], type: x.type },
  );
  const gradient = cast(backend, product, 'float32');
  const filter = [kernel, kernel, channels, outputs];
  if (stride === 1) return reshaped(backend, gradient, filter);
  // Rows are (tap row, tap column, phase row, phase column, channel): each phase joins its tap.
  const split = reshaped(backend, gradient, [taps, taps, stride, stride, channels * outputs]);
  const joined = transposed(backend, split, [0, 2, 1, 3, 4]);
  return reshaped(backend, joined, filter);
}

function padded(backend: RecordingBackend, x: Value, sides: number): Value {
  if (sides === 0) return x;
  const [batch, height, width, channels] = x.shape;
  const table = backend.table([
    [0, 0],
    [sides, sides],
    [sides, sides],
    [0, 0],
  ]);
  const attributes = { ...typeOf(x), Tpaddings: { type: 'int32' } } as const;
  const shape = [batch, height + 2 * sides, width + 2 * sides, channels];
  return backend.value('Pad', [x, table], attributes, { shape, type: x.type });
}

function folds(backend: RecordingBackend, x: Value, stride: number): Value {
  if (stride === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const attributes = {
    ...typeOf(x),
    block_size: { int: stride },
    data_format: { text: 'NHWC' },
  };
  const shape = [batch, height / stride, width / stride, channels * stride * stride];
  return backend.value('SpaceToDepth', [x], attributes, { shape, type: x.type });
}

import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The two gradients of a convolution as dense convolutions, for a backend whose only fast kernels
 * are the forward convolution and the matrix product. Nothing is multiplied by padded zeros that
 * the gradient itself does not contain.
 */

/** What tfjs's computeConv2DInfo says of a convolution [n, h, w, ci] -> [n, oh, ow, co]. */
export type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** Below this many input channels the two operands of the filter gradient change places. */
const FEW_CHANNELS = 8;

/**
 * ∂L/∂filter = Σ over n, oh, ow of x[n, oh·s + kh - p, ow·s + kw - p, ci] · dy[n, oh, ow, co].
 *
 * That is itself a convolution: the images of the batch are its channels, the input channels its
 * batch, dy its filter, and the stride becomes a dilation. Where there are few input channels the
 * roles are exchanged (x is the filter), since the cost of packing a filter would dominate.
 *
 * @param x [n, h, w, ci]
 * @param dy [n, oh, ow, co]
 * @returns [kh, kw, ci, co]
 */
export function convFilterGradient(x: Tensor4D, dy: Tensor4D, info: ConvInfo): Tensor4D {
  const { inChannels, strideHeight: s, strideWidth } = info;
  const exact =
    s === strideWidth &&
    info.filterHeight % s === 0 &&
    info.filterWidth % s === 0 &&
    (info.outHeight - 1) * s + info.filterHeight === paddedHeight(info) &&
    (info.outWidth - 1) * s + info.filterWidth === paddedWidth(info);
  return inChannels < FEW_CHANNELS && exact
    ? filterGradientOverOutputs(x, dy, info)
    : filterGradientOverInputs(x, dy, info);
}

function paddedHeight({ inHeight, padInfo }: ConvInfo): number {
  return inHeight + padInfo.top + padInfo.bottom;
}

function paddedWidth({ inWidth, padInfo }: ConvInfo): number {
  return inWidth + padInfo.left + padInfo.right;
}

/** x as a batch of ci pictures with n channels, dy as the filter [oh, ow, n, co]. */
function filterGradientOverInputs(x: Tensor4D, dy: Tensor4D, info: ConvInfo): Tensor4D {
  const { padInfo, filterHeight, filterWidth, inChannels, outChannels } = info;
  return tf.tidy(() => {
    const images = channelsToBatch(x);
    const filter = batchToChannels(dy);
    const correlation = tf.conv2d(
      images,
      filter,
      1,
      [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ],
      'NHWC',
      [info.strideHeight, info.strideWidth],
    );
    // Rows and columns that the stride never reached give offsets beyond the filter.
    const inside = tf.slice(
      correlation,
      [0, 0, 0, 0],
      [inChannels, filterHeight, filterWidth, outChannels],
    );
    return tf.transpose(inside, [1, 2, 0, 3]);
  });
}

/**
 * dy as a batch of co pictures with n channels, x as the filter. A stride is folded into channels
 * first (space to depth), so that it disappears; the correlation then runs over the flipped
 * offsets. Needs a kernel that is a multiple of the stride and no unreached border.
 */
function filterGradientOverOutputs(x: Tensor4D, dy: Tensor4D, info: ConvInfo): Tensor4D {
  const { padInfo, strideHeight: s, inChannels: ci, outChannels: co } = info;
  const kh = info.filterHeight / s;
  const kw = info.filterWidth / s;
  const rows = paddedHeight(info) / s;
  const columns = paddedWidth(info) / s;
  return tf.tidy(() => {
    const padded = tf.pad(x, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ]);
    // [rows, s, columns, s·ci] per image; the row's phase joins the channels.
    const phases = tf.reshape(padded, [info.batchSize, rows, s, columns * s * ci]);
    const folded = tf.reshape<tf.Rank.R4>(
      tf.transpose(tf.reshape(phases, [info.batchSize, rows, s, columns, s * ci]), [1, 3, 0, 2, 4]),
      [rows, columns, info.batchSize, s * s * ci],
    );
    const pictures = channelsToBatch(dy);
    const correlation = tf.conv2d(pictures, folded, 1, [
      [0, 0],
      [kh - 1, kh - 1],
      [kw - 1, kw - 1],
      [0, 0],
    ]);
    // [co, kh, kw, s·s·ci], offsets from last to first.
    const offsets = tf.transpose(tf.reverse(correlation, [1, 2]), [1, 2, 3, 0]);
    const split = tf.reshape(offsets, [kh, kw, s, s * ci * co]);
    return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [
      info.filterHeight,
      info.filterWidth,
      ci,
      co,
    ]);
  });
}

/**
 * ∂L/∂x = Σ over kh, kw, co of dy[n, (ih + p - kh)/s, …] · filter[kh, kw, ci, co]; also the forward
 * pass of a transposed convolution.
 *
 * Input rows with the same remainder by the stride meet the same rows of the filter, so each of
 * the s² phases is one stride-1 convolution with a part of the flipped filter; they are interleaved.
 *
 * @param dy [n, oh, ow, co]
 * @param filter [kh, kw, ci, co]
 * @returns [n, h, w, ci]
 */
export function convInputGradient(dy: Tensor4D, filter: Tensor4D, info: ConvInfo): Tensor4D {
  const { inHeight, inWidth, strideHeight, strideWidth, padInfo } = info;
  const rowPhases = phasesOf(
    inHeight,
    info.outHeight,
    info.filterHeight,
    strideHeight,
    padInfo.top,
  );
  const columnPhases = phasesOf(
    inWidth,
    info.outWidth,
    info.filterWidth,
    strideWidth,
    padInfo.left,
  );
  return tf.tidy(() => {
    const taps = transposedTaps(filter);
    const interleaved = interleaveRows(
      rowPhases.map((row) =>
        interleaveColumns(
          columnPhases.map((column) => {
            // A stride beyond the kernel leaves input rows that no output saw.
            if (row.taps.length === 0 || column.taps.length === 0) {
              const [rows, columns] = [rowsOf(row, info.outHeight), rowsOf(column, info.outWidth)];
              return tf.zeros<tf.Rank.R4>([info.batchSize, rows, columns, info.inChannels]);
            }
            const part = phaseFilter(taps, info, row, column);
            return tf.conv2d(cropped(dy, row, column), part, 1, [
              [0, 0],
              [Math.max(0, row.before), Math.max(0, row.after)],
              [Math.max(0, column.before), Math.max(0, column.after)],
              [0, 0],
            ]);
          }),
        ),
      ),
    );
    if (interleaved.shape[1] === inHeight && interleaved.shape[2] === inWidth) return interleaved;
    return tf.slice(
      interleaved,
      [0, 0, 0, 0],
      [info.batchSize, inHeight, inWidth, info.inChannels],
    );
  });
}

/** Along one axis: which filter rows a phase uses, and how dy is padded (or cropped) for them. */
interface Phase {
  /** Filter rows in the order of the flipped filter. */
  readonly taps: readonly number[];
  /** Zeros before and after dy; negative: rows of dy to leave out. */
  readonly before: number;
  readonly after: number;
}

/** One phase for every remainder of the input row by the stride; all give equally many rows. */
function phasesOf(
  length: number,
  outputs: number,
  kernel: number,
  stride: number,
  padding: number,
): Phase[] {
  const rows = Math.ceil(length / stride);
  return Array.from({ length: stride }, (_, remainder) => {
    const first = (remainder + padding) % stride;
    const taps: number[] = [];
    for (let tap = first; tap < kernel; tap += stride) taps.unshift(tap);
    // Row `remainder` of the input meets dy row `start` at the phase's first tap.
    const start = (remainder + padding - first) / stride;
    const before = taps.length - 1 - start;
    return { taps, before, after: start + rows - outputs };
  });
}

/** Input rows (or columns) that a phase gives for `outputs` rows of dy. */
function rowsOf({ taps, before, after }: Phase, outputs: number): number {
  return outputs + before + after - (taps.length - 1);
}

/** dy without the rows and columns that a phase leaves out. */
function cropped(dy: Tensor4D, row: Phase, column: Phase): Tensor4D {
  const [top, bottom] = [Math.max(0, -row.before), Math.max(0, -row.after)];
  const [left, right] = [Math.max(0, -column.before), Math.max(0, -column.after)];
  if (top + bottom + left + right === 0) return dy;
  const [n, height, width, channels] = dy.shape;
  return tf.slice(
    dy,
    [0, top, left, 0],
    [n, height - top - bottom, width - left - right, channels],
  );
}

/** [kh·kw, co, ci] from [kh, kw, ci, co]. */
function transposedTaps(filter: Tensor4D): Tensor3D {
  const [kh, kw, ci, co] = filter.shape;
  return tf.transpose(tf.reshape(filter, [kh * kw, ci, co]), [0, 2, 1]);
}

function phaseFilter(taps: Tensor3D, info: ConvInfo, row: Phase, column: Phase): Tensor4D {
  const { inChannels, outChannels, filterWidth } = info;
  const blocks = row.taps.flatMap((kh) =>
    column.taps.map((kw) =>
      tf.slice(taps, [kh * filterWidth + kw, 0, 0], [1, outChannels, inChannels]),
    ),
  );
  return tf.reshape(tf.concat(blocks, 0), [
    row.taps.length,
    column.taps.length,
    outChannels,
    inChannels,
  ]);
}

function interleaveColumns(parts: readonly Tensor4D[]): Tensor4D {
  if (parts.length === 1) return parts[0];
  const [n, height, width, channels] = parts[0].shape;
  return tf.reshape(tf.concat([...parts], 3), [n, height, width * parts.length, channels]);
}

function interleaveRows(parts: readonly Tensor4D[]): Tensor4D {
  if (parts.length === 1) return parts[0];
  const [n, height, width, channels] = parts[0].shape;
  const rows = parts.map((part) => tf.reshape(part, [n, height, 1, width * channels]));
  return tf.reshape(tf.concat(rows, 2), [n, height * parts.length, width, channels]);
}

/**
 * [n, h, w, c] to [c, h, w, n]. In two steps, a plain matrix transpose and a permutation of whole
 * rows, because the backend's general transpose of four axes takes twice as long.
 */
function channelsToBatch(x: Tensor4D): Tensor4D {
  const [n, height, width, channels] = x.shape;
  const last: Tensor2D = tf.transpose(tf.reshape(x, [n, height * width * channels]));
  const rows = tf.reshape(last, [height * width, channels, n]);
  return tf.reshape(tf.transpose(rows, [1, 0, 2]), [channels, height, width, n]);
}

/** [n, h, w, c] to [h, w, n, c]. */
function batchToChannels(x: Tensor4D): Tensor4D {
  const [n, height, width, channels] = x.shape;
  const rows = tf.transpose(tf.reshape(x, [n, height * width, channels]), [1, 0, 2]);
  return tf.reshape(rows, [height, width, n, channels]);
}

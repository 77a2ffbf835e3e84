import type { BoundMethod } from '../shared/inspection';
import { circularNorms } from './circularNorm';
import { type Convolution, geometryFlaw, outputSize } from './convolution';
import { type FoldedKernel, foldedKernel } from './foldedKernel';
import type { Matrix } from './matrix';
import { type Pace, paced } from './pace';
import { PROVEN, gramMatrix, largestEigenvalue } from './provenNorm';
import { UserError } from '../shared/userError';
import { spectralNorm } from './singularValues';

/** A number that the norm of a convolution does not exceed. */
export interface KernelBound {
  readonly method: BoundMethod;
  readonly value: number;
}

/**
 * Guaranteed bounds of the norm of a convolution with zeros around its input, at any stride, dilation
 * and number of groups, transposed or not; after Singla and Feizi ("Fantastic four", 2021), carried
 * over to strides. Let W be the kernel folded by its stride (`foldedKernel.ts`): `kh` x `kw` taps on
 * `in` images, which is what a kernel has without a stride. Let R be one of its reshapings.
 *
 * - outputs, out x (in kh kw): the output at a pixel is R times the patch around it, and each value of
 *   the input is in at most kh kw patches: ||A||^2 <= kh kw ||R||^2.
 * - inputs, in x (out kh kw): the same of the adjoint.
 * - rows, (out kh) x (in kw): the output is a sum over the kh rows of the kernel of a part of R times
 *   a patch of one row, so its square is at most kh times the sum of their squares; and each value of
 *   the input is in at most kw patches of one row. That is kh kw ||R||^2 again.
 * - columns, (out kw) x (in kh): the same, with the image turned.
 * - circular: on a grid on which what the kernel reaches beyond the image is all zeros, the
 *   convolution is the circular one between putting zeros around the image and cutting out the output,
 *   neither of which lengthens anything.
 *
 * A transposed convolution has the bounds of its adjoint, whose inputs are its outputs: what its stride
 * folds is out, and the adjoint's rows are its columns.
 *
 * Groups do not share channels, so that the norm is the largest of theirs. Rounding is accounted for
 * by a factor of 1 + 2^-26.
 *
 * @param check called about every 20 ms; may throw to end the work
 * @param normOn the norms of this convolution on circular grids, where others of them are wanted, too
 * @throws UserError if the geometry is impossible or a weight is not finite
 */
export function kernelBounds(
  c: Convolution,
  check?: () => void,
  normOn = circularNorms(c, check),
): KernelBound[] {
  const flaw = geometryFlaw(c);
  if (flaw !== undefined) throw new UserError(flaw);
  if (!c.weight.every(Number.isFinite)) {
    throw new UserError('The weight holds values that are not finite, so it has no norm.');
  }
  const pace = paced(check);
  const kernel = foldedKernel(c);
  return [
    ...reshapings.map((reshaping) => ({
      method: c.transposed ? reshaping.ofAdjoint : reshaping.method,
      value: reshapedBound(c, kernel, reshaping, pace),
    })),
    { method: 'circular', value: PROVEN * normOn(circularGrid(c)) },
  ];
}

/** How a weight [out, images, kh, kw] becomes a matrix. */
interface Reshaping {
  readonly method: BoundMethod;
  /** What the same matrix is to the adjoint. */
  readonly ofAdjoint: BoundMethod;
  /** Which of out (0), images (1), kh (2) and kw (3) make up a row's place, the slowest first. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

const reshapings: readonly Reshaping[] = [
  { method: 'outputs', ofAdjoint: 'inputs', rows: [0], columns: [1, 2, 3] },
  { method: 'inputs', ofAdjoint: 'outputs', rows: [1], columns: [0, 2, 3] },
  { method: 'rows', ofAdjoint: 'columns', rows: [0, 2], columns: [1, 3] },
  { method: 'columns', ofAdjoint: 'rows', rows: [0, 3], columns: [1, 2] },
];

function reshapedBound(
  c: Convolution,
  kernel: FoldedKernel,
  reshaping: Reshaping,
  pace: Pace,
): number {
  if (kernel.scale === 0) return 0;
  let largest = 0;
  for (let group = 0; group < kernel.groups; group++) {
    const matrix = reshaped(kernel, group, reshaping);
    largest = largestEigenvalue(
      gramMatrix(matrix, pace),
      largest,
      pace,
      () => spectralNorm(matrix) ** 2,
    );
  }
  return kernel.scale * Math.sqrt(PROVEN * largest * overlaps(c, kernel, reshaping));
}

/** In how many patches a value can be; of whole patches no more than there are. */
function overlaps(c: Convolution, { sides }: FoldedKernel, { method }: Reshaping): number {
  const patches = c.transposed ? c.inputSize : outputSize(c);
  const most = (side: 0 | 1): number =>
    method === 'outputs' ? Math.min(sides[side].foldedTaps, patches[side]) : sides[side].foldedTaps;
  return most(0) * most(1);
}

function reshaped(kernel: FoldedKernel, group: number, { rows, columns }: Reshaping): Matrix {
  const [vertical, horizontal] = kernel.sides;
  const images = vertical.images * horizontal.images;
  const sizes = [kernel.out, kernel.channels * images, vertical.foldedTaps, horizontal.foldedTaps];
  const height = rows.reduce((product, axis) => product * sizes[axis], 1);
  const width = columns.reduce((product, axis) => product * sizes[axis], 1);
  const data = new Float64Array(height * width);
  // How far apart in the matrix those lie that follow each other on each axis.
  const steps = [0, 0, 0, 0];
  for (const [axes, unit] of [
    [rows, width],
    [columns, 1],
  ] as const) {
    axes.reduceRight((step, axis) => {
      steps[axis] = step;
      return step * sizes[axis];
    }, unit);
  }
  const [ofOut, ofImage, ofRow, ofColumn] = steps;
  let from = group * kernel.out * kernel.channels * vertical.taps * horizontal.taps;
  for (let o = 0; o < kernel.out; o++) {
    for (let channel = 0; channel < kernel.channels; channel++) {
      const to = o * ofOut + channel * images * ofImage;
      for (let y = 0; y < vertical.taps; y++) {
        for (let x = 0; x < horizontal.taps; x++) {
          const image = (y % vertical.apart) * horizontal.images + (x % horizontal.apart);
          const [row, column] = [Math.floor(y / vertical.apart), Math.floor(x / horizontal.apart)];
          data[to + image * ofImage + row * ofRow + column * ofColumn] = kernel.weight[from++];
        }
      }
    }
  }
  return { rows: height, columns: width, data };
}

/**
 * The smallest grid, in the sense of `circularSpectrum`, on which no two pixels that the kernel reaches are
 * joined, unless both are zeros around the image.
 */
function circularGrid(c: Convolution): [number, number] {
  return [gridSide(c, 0), gridSide(c, 1)];
}

function gridSide(c: Convolution, side: 0 | 1): number {
  const [input, output] = c.transposed
    ? [outputSize(c)[side], c.inputSize[side]]
    : [c.inputSize[side], outputSize(c)[side]];
  const stride = c.stride[side];
  const before = c.padding[2 * side];
  const end = (output - 1) * stride + c.dilation[side] * (c.shape[2 + side] - 1) + 1 - before;
  const strides = Math.ceil(Math.max(input + before, end) / stride);
  return c.transposed ? strides : strides * stride;
}

import { UserError } from '../shared/userError';
import { complexSingularValues } from './complexSingularValues';
import { type Convolution, geometryFlaw } from './convolution';
import { type FoldedKernel, foldedKernel } from './foldedKernel';
import { forEachFrequency } from './frequencies';
import { paced } from './pace';

/**
 * All singular values of the circular convolution, in which the image's borders are joined, largest
 * first: as many as the smaller of input and output has values. Kernels that are larger than the
 * grid wrap around. Strided, dilated, grouped and transposed convolutions are exact, too.
 *
 * @param grid [height, width] of the input; sides that the stride does not divide are rounded up
 * @param check called about every 20 ms; may throw to end the work
 * @throws UserError if the geometry is impossible or a weight is not finite
 */
export function circularSpectrum(
  c: Convolution,
  grid: readonly [number, number],
  check?: () => void,
): Float64Array {
  const kernel = finiteKernel(c);
  const sides = fullGrid(c, grid);
  const images = kernel.sides[0].stride * kernel.sides[1].stride;
  // Of each frequency; those beyond the rank of its matrix stay 0.
  const each = Math.min(kernel.out, kernel.channels * images);
  const frequencies = (sides[0] * sides[1]) / images;
  const values = new Float64Array(each * frequencies * kernel.groups);
  if (kernel.scale === 0) return values;
  const pace = paced(check);
  let place = 0;
  forEachFrequency(kernel, sides, (matrix, { copies }) => {
    const found = complexSingularValues(matrix, pace);
    for (let copy = 0; copy < copies; copy++, place += each) values.set(found, place);
  });
  return values
    .sort()
    .reverse()
    .map((value) => value * kernel.scale);
}

/** The grid, in pixels, of the convolution that is strided, of which a transposed one is the adjoint. */
export function fullGrid(
  { transposed, stride }: Convolution,
  grid: readonly [number, number],
): readonly [number, number] {
  const side = (i: 0 | 1): number =>
    transposed ? grid[i] * stride[i] : Math.ceil(grid[i] / stride[i]) * stride[i];
  return [side(0), side(1)];
}

/**
 * The kernel, to be folded.
 *
 * @throws UserError if the geometry is impossible or a weight is not finite
 */
export function finiteKernel(c: Convolution): FoldedKernel {
  const flaw = geometryFlaw({ ...c, padding: [0, 0, 0, 0], inputSize: reachOf(c) });
  if (flaw !== undefined) throw new UserError(flaw);
  if (!c.weight.every(Number.isFinite)) {
    throw new UserError('The weight holds values that are not finite, so it has no spectrum.');
  }
  return foldedKernel(c);
}

/** A size of input that any kernel fits into: here it may be larger than the grid. */
function reachOf({ shape, dilation }: Convolution): [number, number] {
  return [dilation[0] * shape[2], dilation[1] * shape[3]];
}

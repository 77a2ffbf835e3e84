import { fullGrid, finiteKernel } from './circularSpectrum';
import { realSymmetric } from './complexMatrix';
import type { Convolution } from './convolution';
import type { FoldedKernel, FoldedSide } from './foldedKernel';
import type { Frequency } from './frequencies';
import { type FrequencyGrid, FrequencyGrams } from './frequencyGrams';
import { greatestCommonDivisor } from './greatestCommonDivisor';
import type { Matrix } from './matrix';
import { type Pace, paced } from './pace';
import { largestEigenvalue } from './provenNorm';
import { spectralNorm } from './singularValues';

/**
 * The largest singular value of the circular convolution, in a small part of the time that all take.
 * None is larger by more than a factor of `PROVEN`, which is proven and not only likely.
 *
 * @param grid @param check @throws as `circularSpectrum`
 */
export function circularNorm(
  c: Convolution,
  grid: readonly [number, number],
  check?: () => void,
): number {
  return circularNorms(c, check)(grid);
}

/** The same as a function of the grid, for several of which most of the work is done once. */
export function circularNorms(
  c: Convolution,
  check?: () => void,
): (grid: readonly [number, number]) => number {
  const kernel = finiteKernel(c);
  const pace = paced(check);
  const dense = withoutSpacing(kernel);
  const known = new Map<string, readonly FrequencyGrams[]>();
  return (grid) => {
    if (kernel.scale === 0) return 0;
    const frequencies = distinctFrequencies(kernel, fullGrid(c, grid));
    const whole = FrequencyGrams.wholeBase(kernel);
    const wraps = kernel.sides.some(({ foldedTaps }, i) => foldedTaps > frequencies[i]);
    const base =
      known.has(whole.join()) && !wraps ? whole : FrequencyGrams.baseOf(kernel, frequencies);
    const groups = known.get(base.join()) ?? FrequencyGrams.ofGroups(dense, base, pace);
    known.set(base.join(), groups);
    return (
      kernel.scale *
      Math.sqrt(
        groups.reduce((largest, group) => largestOfGroup(group, frequencies, largest, pace), 0),
      )
    );
  };
}

/** Taps that lie apart see the same waves as adjacent ones, those of a smaller grid. */
function withoutSpacing(kernel: FoldedKernel): FoldedKernel {
  const side = (i: 0 | 1): FoldedSide => ({ ...kernel.sides[i], spacing: 1 });
  return { ...kernel, sides: [side(0), side(1)] };
}

function distinctFrequencies({ sides }: FoldedKernel, grid: FrequencyGrid): FrequencyGrid {
  const side = (i: 0 | 1): number => {
    const count = grid[i] / sides[i].stride;
    return count / greatestCommonDivisor(count, sides[i].spacing);
  };
  return [side(0), side(1)];
}

/**
 * The largest eigenvalue at any frequency, if it is above `known`. Frequencies are visited from the
 * most promising one on, and the first that cannot win ends the search.
 */
function largestOfGroup(
  grams: FrequencyGrams,
  grid: FrequencyGrid,
  known: number,
  pace: Pace,
): number {
  const { frequencies, gramAt } = grams.on(grid, pace);
  const bounded = frequencies.map((frequency) => ({
    frequency,
    bound: eigenvalueBound(gramAt(frequency), frequency),
  }));
  bounded.sort((a, b) => b.bound - a.bound);
  let largest = known;
  for (const { frequency, bound } of bounded) {
    if (bound <= largest) break;
    const packed = gramAt(frequency);
    const gram = frequency.copies === 1 ? packed : realSymmetric(packed);
    largest = largestEigenvalue(gram, largest, pace, () => spectralNorm(mirrored(gram)));
  }
  return largest;
}

/**
 * No eigenvalue of a Hermitian matrix is further from their mean than sqrt(n - 1) times their standard
 * deviation (Wolkowicz and Styan, "Bounds for eigenvalues using traces", 1980), which takes no more
 * than the squares of the elements.
 *
 * @param gram packed; without imaginary parts at a frequency that is its own negative
 */
function eigenvalueBound({ rows: n, data }: Matrix, { copies }: Frequency): number {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += data[i * n + i];
  const mean = trace / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) squares += 2 * data[row + j] ** 2;
    squares += (data[row + i] - mean) ** 2;
    if (copies === 1) continue;
    for (let j = i + 1; j < n; j++) squares += 2 * data[row + j] ** 2;
  }
  return mean + Math.sqrt(((n - 1) / n) * squares);
}

/** The whole of a symmetric matrix of which the lower half is filled. */
function mirrored({ rows: n, data }: Matrix): Matrix {
  const whole = data.slice();
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) whole[j * n + i] = data[i * n + j];
  return { rows: n, columns: n, data: whole };
}

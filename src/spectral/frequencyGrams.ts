import { type ComplexMatrix, packedGram } from './complexMatrix';
import type { FoldedKernel } from './foldedKernel';
import { type Frequency, forEachFrequency, halfOfGrid } from './frequencies';
import type { Matrix } from './matrix';
import type { Pace } from './pace';

/** [height, width], in frequencies. */
export type FrequencyGrid = readonly [number, number];

/**
 * The Gram matrices of a circular convolution, of one group, at all frequencies. With k taps on a side
 * they are trigonometric polynomials of degree k - 1, whose coefficients are the autocorrelation of
 * the kernel, so that 2 k - 1 frequencies determine all others: only those are computed, or all where
 * there are fewer, and the others are interpolated in a small part of the time.
 *
 * Interpolation magnifies rounding by no more than the Lebesgue constant of each side, which is below
 * 1 + (2 / pi) ln(2 k - 1). Rounding is relative to the largest eigenvalue at any frequency, which is at
 * most k times as large on each side as at those of a grid of k or more: a polynomial that is nowhere
 * negative is nowhere above k times its mean (Fejer). Together this is a factor of 37 for 3 x 3 taps and
 * of 150 for 5 x 5. A Gram matrix of n rows has an error of 300 n 2^-53 or so at worst, because its
 * sums are made in blocks of 256 (`rowProducts.ts`): of 2^-35 for 1,000 rows, which leaves 2^-27 at
 * worst, less than `PROVEN` allows for.
 */
export class FrequencyGrams {
  private readonly samples: (Frequency & { readonly gram: Matrix })[] = [];

  constructor(private readonly base: FrequencyGrid) {}

  /** The grid from which all can be interpolated. */
  static wholeBase({ sides }: FoldedKernel): FrequencyGrid {
    return [2 * sides[0].foldedTaps - 1, 2 * sides[1].foldedTaps - 1];
  }

  /** The fewest frequencies to compute where those of `grid` are wanted. */
  static baseOf(kernel: FoldedKernel, grid: FrequencyGrid): FrequencyGrid {
    const [height, width] = FrequencyGrams.wholeBase(kernel);
    return [Math.min(grid[0], height), Math.min(grid[1], width)];
  }

  /** Computes them for each group of a kernel whose taps have no spacing. */
  static ofGroups(kernel: FoldedKernel, base: FrequencyGrid, pace: Pace): FrequencyGrams[] {
    const groups = Array.from({ length: kernel.groups }, () => new FrequencyGrams(base));
    const pixels = [base[0] * kernel.sides[0].stride, base[1] * kernel.sides[1].stride] as const;
    forEachFrequency(kernel, pixels, (matrix: ComplexMatrix, frequency, group) => {
      groups[group].samples.push({ ...frequency, gram: packedGram(matrix, pace) });
    });
    return groups;
  }

  /** Hands out those of one frequency after the other of a grid of this base; they are only lent. */
  on(
    grid: FrequencyGrid,
    pace: Pace,
  ): { frequencies: Frequency[]; gramAt: (at: Frequency) => Matrix } {
    const { base, samples } = this;
    const [vertical, horizontal] = [weightsOf(grid[0], base[0]), weightsOf(grid[1], base[1])];
    const { rows: n } = samples[0].gram;
    const sum = new Float64Array(n * n);
    const gramAt = ({ y, x }: Frequency): Matrix => {
      sum.fill(0);
      for (const sample of samples) {
        const weight = vertical[y][sample.y] * horizontal[x][sample.x];
        // The negative of the sample's frequency has the conjugate of its matrix.
        const opposite =
          sample.copies === 1
            ? 0
            : vertical[y][(base[0] - sample.y) % base[0]] *
              horizontal[x][(base[1] - sample.x) % base[1]];
        if (weight === 0 && opposite === 0) continue;
        addPacked(sum, sample.gram, weight + opposite, weight - opposite);
        pace(n * n);
      }
      return { rows: n, columns: n, data: sum };
    };
    return { frequencies: halfOfGrid(grid), gramAt };
  }
}

/** For each frequency of a grid what those of its base contribute: Dirichlet's kernel. */
function weightsOf(count: number, base: number): Float64Array[] {
  return Array.from({ length: count }, (_, frequency) =>
    Float64Array.from({ length: base }, (__, sample) => {
      const turns = (frequency * base - sample * count) / count;
      if (turns === 0) return 1;
      return base === count
        ? 0
        : Math.sin(Math.PI * turns) / (base * Math.sin((Math.PI * turns) / base));
    }),
  );
}

/** Adds a multiple of the real parts and another of the imaginary ones. */
function addPacked(sum: Float64Array, { rows: n, data }: Matrix, real: number, imaginary: number) {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) sum[row + j] += real * data[row + j];
    for (let j = i + 1; j < n; j++) sum[row + j] += imaginary * data[row + j];
  }
}

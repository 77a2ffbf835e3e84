import { UserError } from '../shared/userError';
import type { ComplexMatrix } from './complexMatrix';
import type { FoldedKernel } from './foldedKernel';

/** A frequency of a grid, which may stand for itself and its negative. */
export interface Frequency {
  readonly y: number;
  readonly x: number;
  readonly copies: 1 | 2;
}

/**
 * The matrices into which a circular convolution falls apart, one for each frequency of the grid and
 * each group (Sedghi, Gupta and Long 2019): [out, in * images] with the images of the folded kernel.
 * Their singular values together are those of the convolution, but for zeros.
 *
 * Of two frequencies that are each other's negative only one is visited, because its matrix is the
 * conjugate of the other's. The matrix is only lent.
 *
 * @param grid [height, width] of the input, a multiple of the stride
 */
export function forEachFrequency(
  kernel: FoldedKernel,
  grid: readonly [number, number],
  visit: (matrix: ComplexMatrix, frequency: Frequency, group: number) => void,
): void {
  const [height, width] = kernel.sides.map((side, i) => grid[i] / side.stride);
  if (!Number.isInteger(height) || !Number.isInteger(width) || height < 1 || width < 1) {
    throw new UserError('The sides of a circular grid must be multiples of the stride.');
  }
  const columns = kernel.channels * kernel.sides[0].images * kernel.sides[1].images;
  const real = new Float64Array(kernel.out * columns);
  const imaginary = new Float64Array(kernel.out * columns);
  for (let group = 0; group < kernel.groups; group++) {
    for (const frequency of halfOfGrid([height, width])) {
      const waves = wavesOf(kernel, [frequency.y / height, frequency.x / width]);
      fill(kernel, group, waves, columns, real, imaginary);
      const size = { rows: kernel.out, columns, real };
      const isReal = frequency.copies === 1;
      visit({ ...size, imaginary: isReal ? undefined : imaginary }, frequency, group);
    }
  }
}

/** One of each two frequencies that are each other's negative. */
export function halfOfGrid([height, width]: readonly [number, number]): Frequency[] {
  const half: Frequency[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const opposite = ((height - y) % height) * width + ((width - x) % width);
      const place = y * width + x;
      if (opposite >= place) half.push({ y, x, copies: opposite === place ? 1 : 2 });
    }
  }
  return half;
}

/** For each tap the value of the wave there, and which image it belongs to. */
interface Waves {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
  readonly image: Int32Array;
}

/** @param turns by how much of a whole turn the wave's phase grows from pixel to pixel */
function wavesOf({ sides }: FoldedKernel, turns: readonly [number, number]): Waves {
  const [vertical, horizontal] = sides;
  const taps = vertical.taps * horizontal.taps;
  const waves = {
    cosine: new Float64Array(taps),
    sine: new Float64Array(taps),
    image: new Int32Array(taps),
  };
  for (let tap = 0; tap < taps; tap++) {
    const [y, x] = [Math.floor(tap / horizontal.taps), tap % horizontal.taps];
    const phase =
      turns[0] * vertical.spacing * Math.floor(y / vertical.apart) +
      turns[1] * horizontal.spacing * Math.floor(x / horizontal.apart);
    // Whole turns do not count, and would cost digits.
    const angle = 2 * Math.PI * (phase - Math.round(phase));
    waves.cosine[tap] = Math.cos(angle);
    waves.sine[tap] = Math.sin(angle);
    waves.image[tap] = (y % vertical.apart) * horizontal.images + (x % horizontal.apart);
  }
  return waves;
}

function fill(
  { weight, out, channels, sides }: FoldedKernel,
  group: number,
  { cosine, sine, image }: Waves,
  columns: number,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  real.fill(0);
  imaginary.fill(0);
  const taps = cosine.length;
  const images = sides[0].images * sides[1].images;
  for (let o = 0; o < out; o++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = ((group * out + o) * channels + channel) * taps;
      const to = o * columns + channel * images;
      for (let tap = 0; tap < taps; tap++) {
        real[to + image[tap]] += weight[from + tap] * cosine[tap];
        imaginary[to + image[tap]] += weight[from + tap] * sine[tap];
      }
    }
  }
}

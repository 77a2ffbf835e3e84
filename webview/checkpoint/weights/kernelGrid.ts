import type { LayerKind } from '../../../src/shared/inspection';
import type { KernelsAnswer } from '../../../src/shared/inspectionQuestions';

/** Pixels between two kernels. */
export const GAP = 1;
/** A picture larger than this, in weights, is cut off: no screen shows it and no canvas takes it. */
const MOST_PIXELS = 16e6;

/** How the kernels of a layer lie in one picture, a pixel for each weight. */
export interface KernelGrid {
  readonly values: Float32Array;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  /** Whether each tile has a red, a green and a blue channel. */
  readonly coloured: boolean;
  /** Whether tiles follow each other like words; else rows are outputs and columns inputs. */
  readonly wrapped: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly tiles: number;
  /** Tiles in a row before rows and columns were cut off. */
  readonly allRows: number;
  readonly allColumns: number;
  /** Where a tile's channel begins among the values. */
  readonly offset: (tile: number, channel: number) => number;
  /** Which output and input of the layer a tile belongs to; of coloured ones one is all. */
  readonly outputOf: (tile: number) => number | undefined;
  readonly inputOf: (tile: number) => number | undefined;
}

/**
 * Lays the kernels out. With three inputs, of images, a kernel is itself a small image, and so are
 * those of transposed convolutions with three outputs.
 */
export function kernelGrid({ shape, values }: KernelsAnswer, kind: LayerKind): KernelGrid {
  const [first, second, kernelHeight, kernelWidth] = shape;
  const area = kernelHeight * kernelWidth;
  const common = { values, kernelHeight, kernelWidth };
  const transposed = kind === 'convTranspose';
  if (second === 3) {
    const columns = Math.min(first, Math.max(8, Math.ceil(Math.sqrt(first * 1.5))));
    const rows = Math.ceil(first / columns);
    return {
      ...common,
      coloured: true,
      wrapped: true,
      rows,
      columns,
      tiles: first,
      allRows: rows,
      allColumns: columns,
      offset: (tile, channel) => (tile * 3 + channel) * area,
      outputOf: (tile) => (transposed ? undefined : tile),
      inputOf: (tile) => (transposed ? tile : undefined),
    };
  }
  const [outputs, inputs] = transposed ? [second, first] : [first, second];
  const side = Math.sqrt(MOST_PIXELS);
  const rows = Math.min(outputs, Math.floor(side / (kernelHeight + GAP)));
  const columns = Math.min(inputs, Math.floor(side / (kernelWidth + GAP)));
  const place = (tile: number): [number, number] => [Math.floor(tile / columns), tile % columns];
  return {
    ...common,
    coloured: false,
    wrapped: false,
    rows,
    columns,
    tiles: rows * columns,
    allRows: outputs,
    allColumns: inputs,
    offset: (tile) => {
      const [output, input] = place(tile);
      return (transposed ? input * second + output : output * second + input) * area;
    },
    outputOf: (tile) => place(tile)[0],
    inputOf: (tile) => place(tile)[1],
  };
}

/** Width and height of the picture, in weights. */
export function gridSize({ rows, columns, kernelHeight, kernelWidth }: KernelGrid): {
  width: number;
  height: number;
} {
  return {
    width: columns * (kernelWidth + GAP) - GAP,
    height: rows * (kernelHeight + GAP) - GAP,
  };
}

/**
 * The picture: 0 is the middle grey where one scale holds for all, from the largest negative weight
 * to the largest positive one; what lies between the kernels is seen through.
 *
 * @param each every kernel from its own smallest to its own largest weight
 */
export function drawKernels(grid: KernelGrid, each: boolean): ImageData {
  const { width, height } = gridSize(grid);
  const { columns, tiles, kernelHeight, kernelWidth, coloured, values } = grid;
  const image = new ImageData(width, height);
  const area = kernelHeight * kernelWidth;
  const shared = largestOf(values);
  const channels = coloured ? 3 : 1;
  for (let tile = 0; tile < tiles; tile++) {
    const { min, max } = each ? rangeOf(grid, tile) : { min: -shared, max: shared };
    const scale = max > min ? 255 / (max - min) : 0;
    const left = (tile % columns) * (kernelWidth + GAP);
    const top = Math.floor(tile / columns) * (kernelHeight + GAP);
    for (let i = 0; i < area; i++) {
      const y = top + Math.floor(i / kernelWidth);
      const at = 4 * (y * width + left + (i % kernelWidth));
      for (let channel = 0; channel < 3; channel++) {
        const value = values[grid.offset(tile, channels === 3 ? channel : 0) + i];
        image.data[at + channel] = scale === 0 ? 128 : (value - min) * scale;
      }
      image.data[at + 3] = 255;
    }
  }
  return image;
}

/** The smallest and the largest weight of a tile. */
export function rangeOf(grid: KernelGrid, tile: number): { min: number; max: number } {
  const area = grid.kernelHeight * grid.kernelWidth;
  let [min, max] = [Infinity, -Infinity];
  for (let channel = 0; channel < (grid.coloured ? 3 : 1); channel++) {
    const from = grid.offset(tile, channel);
    for (let i = from; i < from + area; i++) {
      const value = grid.values[i];
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}

/** The Frobenius norm of a tile, or of all tiles of its row where rows are outputs. */
export function normOf(grid: KernelGrid, tile: number): number {
  const area = grid.kernelHeight * grid.kernelWidth;
  const [from, count] = grid.wrapped ? [tile, 1] : [tile - (tile % grid.columns), grid.columns];
  let sum = 0;
  for (let one = from; one < from + count; one++) {
    for (let channel = 0; channel < (grid.coloured ? 3 : 1); channel++) {
      const start = grid.offset(one, channel);
      for (let i = start; i < start + area; i++) sum += grid.values[i] ** 2;
    }
  }
  return Math.sqrt(sum);
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}

import type { WeightFormat } from '../../../src/shared/inspection';
import { UserError } from '../../../src/shared/userError';
import type { WeightFile, WeightValues } from '../../../src/weights/weightFile';

/** Arrays of an invented file: their shape, and their values where a test reads them. */
export type StubArrays = Readonly<
  Record<
    string,
    readonly number[] | { readonly shape: readonly number[]; readonly data: ArrayLike<number> }
  >
>;

/** A weight file that exists in memory alone. */
export function stubFile(
  arrays: StubArrays,
  format: WeightFormat = 'safetensors',
  metadata: Readonly<Record<string, string>> = {},
): WeightFile {
  const entries = Object.entries(arrays).map(([name, array]) => {
    return 'data' in array ? { name, ...array } : { name, shape: array, data: undefined };
  });
  return {
    file: '/invented/file',
    format,
    bytes: 1234,
    metadata,
    flaws: [],
    tensors: entries.map(({ name, shape }) => ({
      name,
      shape,
      dtype: 'F32',
      bytes: 4 * shape.reduce((product, side) => product * side, 1),
    })),
    read: (name): Promise<WeightValues> => {
      const found = entries.find((entry) => entry.name === name)?.data;
      if (!found) return Promise.reject(new UserError(`There is no "${name}".`));
      return Promise.resolve(Float64Array.from(found));
    },
    close: () => Promise.resolve(),
  };
}

/** A discriminator of one normalised 3 x 3 mean over images of 32 pixels. */
export function boxes(): WeightFile {
  return stubFile({
    'd.box.weight_orig': { shape: [1, 1, 3, 3], data: new Array<number>(9).fill(1 / 3) },
    'd.box.weight_u': { shape: [1], data: [1] },
    'd.box.weight_v': { shape: [9], data: new Array<number>(9).fill(1 / 3) },
  });
}

/** Two networks of two dense layers each, the larger ones first. */
export function twoLayers(): WeightFile {
  const matrix = (rows: number, columns: number): { shape: number[]; data: number[] } => ({
    shape: [rows, columns],
    data: Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
  });
  return stubFile({
    'g.big.weight': matrix(6, 4),
    'g.small.weight': matrix(2, 6),
    'd.big.weight': matrix(5, 4),
    'd.small.weight': matrix(1, 5),
  });
}

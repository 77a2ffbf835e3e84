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

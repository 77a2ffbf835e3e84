import { shortened } from '../../runs/jsonFlaw';
import { sizeOf } from '../../shared/tensors';
import { UserError } from '../../shared/userError';
import { type ElementType, elementBytes } from '../elementType';
import { type StoredArray, unreadableType } from '../openWeightFile';
import { columnMajorStrides, gathered } from '../strided';
import type { WeightValues } from '../weightFile';
import type { TypedHeader } from './typedHeader';

/** Where the bytes of an array are. */
export interface NpyPlace {
  /** Names it in messages. */
  readonly file: string;
  /** Of header and elements. */
  readonly bytes: number;
  /** `count` elements from an offset on. */
  readonly values: (
    from: number,
    count: number,
    type: ElementType,
    littleEndian: boolean,
  ) => Promise<WeightValues>;
}

/** The array of a header, or in words why its elements cannot be what the header says. */
export function npyArray(name: string, header: TypedHeader, place: NpyPlace): StoredArray | string {
  const { type, littleEndian, fortranOrder, shape, dataBegin } = header;
  const descr = header.descr ?? 'structure';
  const bytes = place.bytes - dataBegin;
  const listing = { name, dtype: descr, shape, bytes };
  if (type === undefined) {
    const refuse = (): never => {
      throw unreadable(place.file, name, descr);
    };
    return { ...listing, read: () => Promise.resolve().then(refuse) };
  }
  const count = sizeOf(shape);
  const needed = count * elementBytes[type];
  if (needed !== bytes) {
    return `its shape [${shape.join(', ')}] of ${descr} needs ${needed} bytes, and it has ${bytes}`;
  }
  return {
    ...listing,
    read: async () => {
      const values = await place.values(dataBegin, count, type, littleEndian);
      return fortranOrder ? gathered(values, shape, columnMajorStrides(shape)) : values;
    },
  };
}

function unreadable(file: string, name: string, descr: string): UserError {
  if (!descr.includes('O')) return unreadableType(file, name, descr);
  return new UserError(
    `The array ${shortened(name)} of ${file} holds Python objects, which are never loaded because they can run code. Save it as a plain array with numpy.asarray(array, dtype='float32').`,
  );
}

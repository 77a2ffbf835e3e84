import {
  npyDataBegin,
  type NpyHeader,
  NPY_START_BYTES,
  parseNpyHeader,
} from '../../data/sources/npyHeader';
import type { ElementType } from '../elementType';

/** The header of a .npy array of any type of element, and what can be read of it. */
export interface TypedHeader extends NpyHeader {
  /** Absent where an element is no real number that can be read. */
  readonly type?: ElementType;
  readonly littleEndian: boolean;
  /** Offset of the first element. */
  readonly dataBegin: number;
}

/** More than the headers of nearly all arrays have, so that one look into the file does. */
const LOOK_BYTES = 1024;

const types: Readonly<Record<string, ElementType>> = {
  b1: 'BOOL',
  u1: 'U8',
  u2: 'U16',
  u4: 'U32',
  u8: 'U64',
  i1: 'I8',
  i2: 'I16',
  i4: 'I32',
  i8: 'I64',
  f2: 'F16',
  f4: 'F32',
  f8: 'F64',
};

/**
 * Reads the header through `start`, which gives the first bytes of the array, as many as asked for
 * or as there are.
 *
 * @returns the header, or in words why there is none
 */
export async function readTypedHeader(
  start: (length: number) => Promise<Buffer>,
): Promise<TypedHeader | string> {
  const begin = await start(LOOK_BYTES);
  const dataBegin = npyDataBegin(begin.subarray(0, NPY_START_BYTES));
  if (typeof dataBegin === 'string') return dataBegin;
  const whole = begin.length >= dataBegin ? begin : await start(dataBegin);
  if (whole.length < dataBegin) return 'it ends within its header';
  const header = parseNpyHeader(whole.subarray(0, dataBegin));
  if (typeof header === 'string') return header;
  const name = header.descr?.slice(1) ?? '';
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  const littleEndian = header.descr?.startsWith('>') !== true;
  return { ...header, ...(type && { type }), littleEndian, dataBegin };
}

import type { ElementType } from '../elementType';
import { parsePythonLiteral, type PythonLiteral } from './pythonLiteral';

/** The header of a .npy array (numpy.lib.format, versions 1 to 3), of any type of element. */
export interface NpyHeader {
  /** As NumPy writes it: `<f4`; the word `structure` for several numbers to an element. */
  readonly descr: string;
  /** Absent where an element is no real number that can be read. */
  readonly type?: ElementType;
  readonly littleEndian: boolean;
  /** Whether the first axis runs fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Offset of the first element. */
  readonly dataBegin: number;
}

export const NPY_MARK = '\x93NUMPY';
/** Mark, version, the longer of the two lengths. */
const START_BYTES = 12;
/** Of the dictionary: a few times what a structure of hundreds of fields has. */
const MAX_DICTIONARY = 1 << 16;
/** As many as NumPy allows. */
const MAX_AXES = 64;

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
export async function readNpyHeader(
  start: (length: number) => Promise<Buffer>,
): Promise<NpyHeader | string> {
  const begin = await start(1024);
  if (begin.toString('latin1', 0, NPY_MARK.length) !== NPY_MARK || begin.length < START_BYTES) {
    return 'it does not begin as .npy arrays do';
  }
  const version = begin[6];
  if (version < 1 || version > 3) return `it has version ${version} of the format`;
  const dictionaryBegin = version === 1 ? 10 : 12;
  const length = version === 1 ? begin.readUInt16LE(8) : begin.readUInt32LE(8);
  if (length > MAX_DICTIONARY) return `its header claims ${length} bytes`;
  const dataBegin = dictionaryBegin + length;
  const whole = begin.length >= dataBegin ? begin : await start(dataBegin);
  if (whole.length < dataBegin) return 'it ends within its header';
  const text = whole.toString(version === 3 ? 'utf8' : 'latin1', dictionaryBegin, dataBegin);
  return headerOf(parsePythonLiteral(text), dataBegin);
}

function headerOf(literal: PythonLiteral | undefined, dataBegin: number): NpyHeader | string {
  if (!(literal instanceof Map)) return 'its header is no dictionary';
  const descr: unknown = literal.get('descr');
  const fortranOrder: unknown = literal.get('fortran_order');
  const shape: unknown = literal.get('shape');
  if (descr === undefined || typeof fortranOrder !== 'boolean' || !Array.isArray(shape)) {
    return 'its header lacks descr, fortran_order or shape';
  }
  if (!isShape(shape)) return 'its shape is impossible';
  const place = { fortranOrder, shape, dataBegin };
  if (typeof descr !== 'string') return { ...place, descr: 'structure', littleEndian: true };
  const type = Object.hasOwn(types, descr.slice(1)) ? types[descr.slice(1)] : undefined;
  return { ...place, descr, ...(type && { type }), littleEndian: !descr.startsWith('>') };
}

/** Whether the numbers are lengths of axes of an array that can exist. */
function isShape(shape: readonly unknown[]): shape is number[] {
  let size = 8;
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || (length as number) < 0) return false;
    size *= length as number;
    if (!Number.isSafeInteger(size)) return false;
  }
  return shape.length <= MAX_AXES;
}

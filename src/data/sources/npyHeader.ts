import { parsePythonLiteral } from './pythonLiteral';

/**
 * The header of a .npy array (numpy.lib.format, versions 1 to 3): what NumPy writes there, for
 * whoever reads arrays to decide what can be read.
 */
export interface NpyHeader {
  /** The type of an element as NumPy writes it: `<f4`. Undefined for structures of several. */
  readonly descr: string | undefined;
  /** Whether the first axis runs fastest. */
  readonly fortranOrder: boolean;
  /** Of an array that can exist: its size in bytes is a safe integer for up to 8 per element. */
  readonly shape: readonly number[];
}

/** How .npy files begin. */
export const NPY_MARK = '\x93NUMPY';
/** Mark, version and length, which tell where the elements begin ({@link npyDataBegin}). */
export const NPY_START_BYTES = 12;
/** Of the dictionary: a few times what a structure of hundreds of fields has. */
const MAX_DICTIONARY = 1 << 16;
/** As many as NumPy allows. */
const MAX_AXES = 64;

/**
 * Offset of the first element.
 *
 * @param start the first {@link NPY_START_BYTES} of the array
 * @returns in words why there is none, where the bytes are not the beginning of an array
 */
export function npyDataBegin(start: Buffer): number | string {
  if (start.length < NPY_START_BYTES || start.toString('latin1', 0, NPY_MARK.length) !== NPY_MARK) {
    return 'it does not begin as .npy arrays do';
  }
  const version = start[6];
  if (version < 1 || version > 3) return `it has version ${version} of the format`;
  const length = version === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8);
  if (length > MAX_DICTIONARY) return `its header claims ${length} bytes`;
  return dictionaryBegin(version) + length;
}

/**
 * Reads the header of an array.
 *
 * @param bytes all before its elements
 * @returns in words why there is no header, where there is none
 */
export function parseNpyHeader(bytes: Buffer): NpyHeader | string {
  const version = bytes[6];
  const text = bytes.toString(version === 3 ? 'utf8' : 'latin1', dictionaryBegin(version));
  const literal = parsePythonLiteral(text);
  if (!(literal instanceof Map)) return 'its header is no dictionary';
  const descr: unknown = literal.get('descr');
  const fortranOrder: unknown = literal.get('fortran_order');
  const shape: unknown = literal.get('shape');
  if (descr === undefined || typeof fortranOrder !== 'boolean' || !Array.isArray(shape)) {
    return 'its header lacks descr, fortran_order or shape';
  }
  if (!isShape(shape)) return 'its shape is impossible';
  return { descr: typeof descr === 'string' ? descr : undefined, fortranOrder, shape };
}

/** Where the dictionary begins: after a length of two bytes, since version 2 of four. */
function dictionaryBegin(version: number): number {
  return version === 1 ? 10 : 12;
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

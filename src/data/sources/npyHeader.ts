import { UserError } from '../../shared/userError';
import type { ByteStream } from '../byteStream';

/** The header of a .npy array (numpy.lib.format, versions 1 to 3). */
export interface NpyHeader {
  readonly shape: readonly number[];
  readonly type: NpyType;
}

export interface NpyType {
  readonly kind: 'u' | 'i' | 'f' | 'b';
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
}

/** A header of images needs about a hundred bytes. */
const maxHeaderBytes = 1 << 16;

/**
 * Reads the header and leaves the stream at the first element.
 *
 * @throws UserError for objects (pickles), structured types, Fortran order, a broken header
 */
export async function readNpyHeader(bytes: ByteStream, where: string): Promise<NpyHeader> {
  const start = Buffer.from(await bytes.read(8));
  if (start.length < 8 || start.toString('latin1', 1, 6) !== 'NUMPY') {
    throw broken(where, 'it does not begin with the .npy mark');
  }
  const wide = start[6] >= 2;
  const lengthField = Buffer.from(await bytes.read(wide ? 4 : 2));
  if (lengthField.length < (wide ? 4 : 2)) throw broken(where, 'it ends within its header');
  const length = wide ? lengthField.readUInt32LE() : lengthField.readUInt16LE();
  if (length > maxHeaderBytes) throw broken(where, `its header claims ${length} bytes`);
  const header = Buffer.from(await bytes.read(length));
  if (header.length < length) throw broken(where, 'it ends within its header');
  return parseHeader(header.toString('utf8'), where);
}

/** The header is a Python dictionary with three fixed keys. */
function parseHeader(text: string, where: string): NpyHeader {
  const type = /'descr':\s*'([<>|=])([a-zA-Z])(\d+)?'/.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text);
  if (order === null || shape === null || !text.includes("'descr'")) {
    throw broken(where, 'its header lacks descr, fortran_order or shape');
  }
  if (type?.[2] === 'O') {
    throw new UserError(
      `"${where}" holds Python objects (a pickle), which are never loaded because they can run code: save it as a plain array with numpy.asarray(images, dtype='uint8').`,
    );
  }
  const bytes = Number(type?.[3]);
  if (type === null || !isKind(type[2]) || !isWidth(bytes)) {
    const descr = /'descr':\s*(.{0,40})/.exec(text)?.[1] ?? '';
    throw new UserError(
      `"${where}" has elements of type ${descr}: save it as uint8 or float32 with images.astype('uint8').`,
    );
  }
  if (order[1] === 'True') {
    throw new UserError(
      `"${where}" is in Fortran order: save it with numpy.ascontiguousarray(images).`,
    );
  }
  const lengths = shape[1].split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  if (!lengths.every((value) => Number.isSafeInteger(value) && value >= 0)) {
    throw broken(where, `its shape is (${shape[1]})`);
  }
  return { shape: lengths, type: { kind: type[2], bytes, littleEndian: type[1] !== '>' } };
}

function isKind(kind: string): kind is NpyType['kind'] {
  return ['u', 'i', 'f', 'b'].includes(kind);
}

function isWidth(bytes: number): bytes is NpyType['bytes'] {
  return [1, 2, 4, 8].includes(bytes);
}

function broken(where: string, what: string): UserError {
  return new UserError(`"${where}" is not a readable .npy array: ${what}; save it again.`);
}

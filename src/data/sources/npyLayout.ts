import { UserError } from '../../shared/userError';
import type { ByteStream } from '../byteStream';
import { NPY_START_BYTES, npyDataBegin, parseNpyHeader } from './npyHeader';
import type { NpyType } from './npyValues';

/** What the header of a .npy array tells of images or labels. */
export interface NpyLayout {
  readonly shape: readonly number[];
  readonly type: NpyType;
}

/**
 * Reads the header and leaves the stream at the first element.
 *
 * @throws UserError for objects (pickles), structured types, Fortran order, a broken header
 */
export async function readNpyLayout(bytes: ByteStream, where: string): Promise<NpyLayout> {
  const start = Buffer.from(await bytes.read(NPY_START_BYTES));
  const dataBegin = npyDataBegin(start);
  if (typeof dataBegin === 'string') throw broken(where, dataBegin);
  const rest = await bytes.read(dataBegin - start.length);
  if (start.length + rest.length < dataBegin) throw broken(where, 'it ends within its header');
  const header = parseNpyHeader(Buffer.concat([start, rest]));
  if (typeof header === 'string') throw broken(where, header);
  const type = typeOf(header.descr, where);
  if (header.fortranOrder) {
    throw new UserError(
      `"${where}" is in Fortran order: save it with numpy.ascontiguousarray(images).`,
    );
  }
  return { shape: header.shape, type };
}

function typeOf(descr: string | undefined, where: string): NpyType {
  const [, order, kind, width] = /^([<>|=])([a-zA-Z])(\d*)$/.exec(descr ?? '') ?? [];
  if (kind === 'O') {
    throw new UserError(
      `"${where}" holds Python objects (a pickle), which are never loaded because they can run code: save it as a plain array with numpy.asarray(images, dtype='uint8').`,
    );
  }
  const bytes = Number(width);
  if (isKind(kind) && isWidth(bytes)) return { kind, bytes, littleEndian: order !== '>' };
  const what = descr === undefined ? 'several values' : `the type '${descr.slice(0, 40)}'`;
  throw new UserError(
    `"${where}" has elements of ${what}: save it as uint8 or float32 with images.astype('uint8').`,
  );
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

import { zipSync } from 'fflate';

/** An array for numpy. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array | Uint8Array;
}

const MAGIC = '\x93NUMPY';
const VERSION = '\x01\x00';
/** The data of an .npy file begin at a multiple of this. */
const ALIGNMENT = 64;

/**
 * The bytes of an .npy file, format 1.0
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const dtype = data instanceof Float32Array ? '<f4' : '|u1';
  // A tuple of one has a comma behind it.
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + VERSION.length + 2;
  const end = Math.ceil((start + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(end + data.byteLength);
  const header = Buffer.from(`${MAGIC}${VERSION}\0\0${text.padEnd(end - start - 1)}\n`, 'latin1');
  header.writeUInt16LE(end - start, MAGIC.length + VERSION.length);
  bytes.set(header);
  const view = new DataView(bytes.buffer, end);
  if (data instanceof Float32Array) {
    for (let i = 0; i < data.length; i++) view.setFloat32(4 * i, data[i], true);
  } else {
    bytes.set(data, end);
  }
  return bytes;
}

/** The bytes of an .npz file: its arrays by name, not compressed, as `numpy.savez` writes it. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)]);
  // One date for all: the same samples give the same file.
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, {
    level: 0,
    mtime: '1980-01-01T12:00:00',
  });
}

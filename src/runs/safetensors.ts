import { endianness } from 'node:os';
import { type NamedArray, sizeOf } from '../shared/tensors';
import { UserError } from '../shared/userError';
import { replaceFile, writeFully } from './atomicFile';
import { shortened } from './jsonFlaw';
import { readFully, withFileForReading } from './regularFile';
import {
  LENGTH_BYTES,
  MAX_HEADER_BYTES,
  METADATA_KEY,
  notSafetensors,
  readSafetensorsHeader,
} from './safetensorsHeader';

/** The format's alignment of the first array. */
const ALIGNMENT = 8;

/**
 * Writes float32 arrays, in the order given, as a safetensors file that PyTorch's
 * `safetensors.torch.load_file` reads. The file appears under its name only when it is complete
 * and on the disk.
 *
 * @param metadata string pairs for the header's `__metadata__`
 * @throws UserError where the file system refuses
 * @throws Error for names that repeat or are reserved and data that do not fit their shape
 */
export async function writeSafetensors(
  file: string,
  arrays: readonly NamedArray[],
  metadata: Readonly<Record<string, string>>,
): Promise<void> {
  const data = arrays.map((array) => array.data);
  await streamSafetensors(file, { arrays, metadata }, data);
}

/** What the header of a file says of it. */
export interface SafetensorsContents {
  readonly arrays: readonly Pick<NamedArray, 'name' | 'shape'>[];
  /** String pairs for the header's `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * {@link writeSafetensors} for arrays that come one after the other, so that they need not all be
 * in memory at once.
 *
 * @param data of each array, in their order; what it throws leaves no file
 */
export async function streamSafetensors(
  file: string,
  { arrays, metadata }: SafetensorsContents,
  data: Iterable<Float32Array> | AsyncIterable<Float32Array>,
): Promise<void> {
  const header = encodeHeader(arrays, metadata);
  await replaceFile(file, async (handle) => {
    await writeFully(handle, header);
    let next = 0;
    for await (const values of data) {
      const { name, shape } = arrays[next++];
      if (sizeOf(shape) !== values.length) {
        const count = `${values.length} values`;
        throw new Error(`${shortened(name)}: ${count} for shape [${shape.join(', ')}].`);
      }
      await writeFully(handle, littleEndianBytes(values));
    }
    if (next < arrays.length) throw new Error(`Only ${next} of ${arrays.length} arrays came.`);
  });
}

/**
 * Reads a whole safetensors file of float32 arrays.
 *
 * @returns the arrays by name, in the order of the file
 * @throws UserError for files that cannot be read or are damaged, and for other dtypes
 */
export async function readSafetensors(
  file: string,
): Promise<{ arrays: Map<string, NamedArray>; metadata: Readonly<Record<string, string>> }> {
  const { tensors, metadata } = await readSafetensorsHeader(file);
  const other = tensors.find(({ dtype }) => dtype !== 'F32');
  if (other !== undefined) {
    throw new UserError(
      `${file} holds ${shortened(other.name)} as ${other.dtype}, and only F32 can be read here. Convert the file to float32.`,
    );
  }
  const arrays = new Map<string, NamedArray>();
  await withFileForReading(file, async (handle) => {
    for (const { name, shape, begin, end } of tensors) {
      const data = new Float32Array((end - begin) / Float32Array.BYTES_PER_ELEMENT);
      const bytes = Buffer.from(data.buffer);
      if ((await readFully(handle, bytes, begin)) < bytes.length) {
        throw notSafetensors(file, 'it became shorter while it was read');
      }
      if (endianness() === 'BE') bytes.swap32();
      arrays.set(name, { name, shape, data });
    }
  });
  return { arrays, metadata };
}

function encodeHeader(
  arrays: SafetensorsContents['arrays'],
  metadata: SafetensorsContents['metadata'],
): Buffer {
  const entries = new Map<string, object>();
  if (Object.keys(metadata).length > 0) entries.set(METADATA_KEY, metadata);
  let offset = 0;
  for (const { name, shape } of arrays) {
    if (name === METADATA_KEY || entries.has(name)) {
      throw new Error(`The array name ${shortened(name)} is reserved or occurs twice.`);
    }
    const end = offset + sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT;
    entries.set(name, { dtype: 'F32', shape, data_offsets: [offset, end] });
    offset = end;
  }
  const json = Buffer.from(`{${[...entries].map(jsonMember).join(',')}}`);
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  if (padded > MAX_HEADER_BYTES) throw new Error(`A header of ${padded} bytes is too long.`);
  const header = Buffer.alloc(LENGTH_BYTES + padded, ' ');
  header.writeBigUInt64LE(BigInt(padded));
  json.copy(header, LENGTH_BYTES);
  return header;
}

/** Member by member, because an object would move names that look like numbers to the front. */
function jsonMember([name, value]: [string, object]): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function littleEndianBytes(data: Float32Array): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}

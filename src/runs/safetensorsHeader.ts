import * as z from 'zod/mini';
import { UserError } from '../shared/userError';
import { jsonFlaw, shortened } from './jsonFlaw';
import { readFully, withFileForReading } from './regularFile';
import '../shared/englishSchemas';

/**
 * The header of a safetensors file (https://github.com/huggingface/safetensors, "Format"): a
 * little-endian u64 N, N bytes of JSON, then the arrays. Files come from anywhere, so everything
 * that the reference implementation checks is checked, before memory is set aside for it.
 */

/** The limit of the reference implementation. */
export const MAX_HEADER_BYTES = 100_000_000;
/** Bytes of the header's own length. */
export const LENGTH_BYTES = 8;
export const METADATA_KEY = '__metadata__';

/** Header, entry, shape; and a hundred thousand arrays of three keys. */
const HEADER_LIMITS = { depth: 3, keys: 400_000, values: 2_000_000 };

/** Bits of one element. */
const dtypeBits = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U16: 16,
  I16: 16,
  F16: 16,
  BF16: 16,
  U32: 32,
  I32: 32,
  F32: 32,
  U64: 64,
  I64: 64,
  F64: 64,
  C64: 64,
} as const;
export type Dtype = keyof typeof dtypeBits;

const length = z.int().check(z.minimum(0));
const tensorEntry = z.strictObject({
  dtype: z.string(),
  shape: z.array(length),
  data_offsets: z.tuple([length, length]),
});
const metadataEntry = z.record(z.string(), z.string());

/** Where one array lies; offsets count from the start of the file. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes in the file. */
  readonly tensors: readonly TensorPlace[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the header alone and checks that it describes the file completely: every byte after it
 * belongs to exactly one array of the right size.
 *
 * @throws UserError for a file that is missing, unreadable or not safetensors; says why
 */
export async function readSafetensorsHeader(file: string): Promise<SafetensorsHeader> {
  return withFileForReading(file, async (handle) => {
    const { size } = await handle.stat();
    const read = async (begin: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, await readFully(handle, bytes, begin));
    };
    return safetensorsHeaderOf(file, size, read);
  });
}

/**
 * The same of a file that is open.
 *
 * @param read gives a range of it, or less where it has become shorter
 */
export async function safetensorsHeaderOf(
  file: string,
  size: number,
  read: (begin: number, length: number) => Promise<Buffer>,
): Promise<SafetensorsHeader> {
  if (size < LENGTH_BYTES) {
    throw notSafetensors(file, `it has only ${size} bytes and is cut off or empty`);
  }
  const lengthBytes = await read(0, LENGTH_BYTES);
  if (lengthBytes.length < LENGTH_BYTES) throw shrunk(file);
  const headerBytes = checkedHeaderLength(file, lengthBytes.readBigUInt64LE(), size);
  const header = await read(LENGTH_BYTES, headerBytes);
  if (header.length < headerBytes) throw shrunk(file);
  return parseHeader(file, header, size - LENGTH_BYTES - headerBytes);
}

function shrunk(file: string): UserError {
  return notSafetensors(file, 'it became shorter while it was read');
}

function checkedHeaderLength(file: string, claimed: bigint, fileBytes: number): number {
  if (claimed > BigInt(MAX_HEADER_BYTES)) {
    throw notSafetensors(
      file,
      `its first 8 bytes announce a header of ${claimed.toString()} bytes, and the format allows ${MAX_HEADER_BYTES}`,
    );
  }
  const headerBytes = Number(claimed);
  if (headerBytes > fileBytes - LENGTH_BYTES) {
    throw notSafetensors(
      file,
      `its header should have ${headerBytes} bytes, but the whole file has ${fileBytes}; it is cut off`,
    );
  }
  return headerBytes;
}

function parseHeader(file: string, bytes: Buffer, dataBytes: number): SafetensorsHeader {
  const entries = parseJsonObject(file, bytes);
  const dataStart = LENGTH_BYTES + bytes.length;
  const tensors: TensorPlace[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (name === METADATA_KEY) metadata = parseMetadata(file, entry);
    else tensors.push(parseTensor(file, name, entry, dataStart));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(file, tensors, dataStart, dataStart + dataBytes);
  return { tensors, metadata };
}

function parseJsonObject(file: string, bytes: Buffer): object {
  let parsed: unknown;
  let flaw: string | undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    flaw = jsonFlaw(text, HEADER_LIMITS);
    if (flaw === undefined) parsed = JSON.parse(text);
  } catch (thrown) {
    throw notSafetensors(file, 'its header is not JSON', thrown);
  }
  if (flaw !== undefined) throw notSafetensors(file, `its header ${flaw}`);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw notSafetensors(file, 'its header is not a JSON object');
  }
  return parsed;
}

function parseMetadata(file: string, entry: unknown): Record<string, string> {
  const parsed = metadataEntry.safeParse(entry);
  if (parsed.success) return parsed.data;
  throw notSafetensors(file, `${METADATA_KEY} in its header must map strings to strings`);
}

function parseTensor(file: string, name: string, entry: unknown, dataStart: number): TensorPlace {
  const parsed = tensorEntry.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
    throw notSafetensors(file, `the entry of ${shortened(name)}${key} is wrong: ${issue.message}`);
  }
  const { dtype, shape, data_offsets: offsets } = parsed.data;
  if (!isDtype(dtype)) {
    throw notSafetensors(file, `${shortened(name)} has the unknown dtype ${shortened(dtype)}`);
  }
  const bytes = bytesOf(shape, dtype);
  if (bytes === undefined) {
    throw notSafetensors(
      file,
      `the shape [${shape.join(', ')}] of ${shortened(name)} is impossible`,
    );
  }
  const [begin, end] = offsets;
  if (end - begin !== bytes) {
    throw notSafetensors(
      file,
      `${shortened(name)} with shape [${shape.join(', ')}] and dtype ${dtype} needs ${bytes} bytes, but its offsets [${begin}, ${end}] hold ${end - begin}`,
    );
  }
  return { name, dtype, shape, begin: dataStart + begin, end: dataStart + end };
}

/** Bytes of an array; undefined where the product overflows or is no whole number of bytes. */
function bytesOf(shape: readonly number[], dtype: Dtype): number | undefined {
  let bits: number = dtypeBits[dtype];
  for (const side of shape) {
    bits *= side;
    if (!Number.isSafeInteger(bits)) return undefined;
  }
  return bits % 8 === 0 ? bits / 8 : undefined;
}

function checkCoverage(
  file: string,
  tensors: readonly TensorPlace[],
  dataStart: number,
  fileEnd: number,
): void {
  let covered = dataStart;
  for (const { name, begin, end } of tensors) {
    if (begin < covered) throw notSafetensors(file, `${shortened(name)} overlaps another array`);
    if (begin > covered) {
      throw notSafetensors(
        file,
        `${begin - covered} bytes before ${shortened(name)} belong to no array`,
      );
    }
    if (end > fileEnd) {
      throw notSafetensors(
        file,
        `${shortened(name)} ends at byte ${end}, but the file has ${fileEnd}; it is cut off`,
      );
    }
    covered = end;
  }
  if (covered < fileEnd) {
    throw notSafetensors(file, `its last ${fileEnd - covered} bytes belong to no array`);
  }
}

function isDtype(name: string): name is Dtype {
  return Object.hasOwn(dtypeBits, name);
}

export function notSafetensors(file: string, why: string, cause?: unknown): UserError {
  return new UserError(
    `${file} is not a readable safetensors file: ${why}. Use another file, or copy or download it again.`,
    { cause },
  );
}

import { endianness } from 'node:os';
import { halfToNumber } from '../shared/halfFloat';
import { UserError } from '../shared/userError';
import { smallFloatTables } from './smallFloats';
import type { WeightValues } from './weightFile';

/** Bytes of one element of the types whose values can be read, by the names of safetensors. */
export const elementBytes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E4M3FNUZ: 1,
  F8_E5M2FNUZ: 1,
  F8_E8M0: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;
export type ElementType = keyof typeof elementBytes;

export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(elementBytes, name);
}

/**
 * An array of zeros for values of a type: float64 where float32 would lose digits of the 64-bit
 * types.
 *
 * @throws UserError where there is no memory for so many
 */
export function valuesFor(file: string, type: ElementType, count: number): WeightValues {
  try {
    return elementBytes[type] === 8 ? new Float64Array(count) : new Float32Array(count);
  } catch (thrown) {
    throw new UserError(
      `An array of ${file} has ${count} values, and there is no memory for so many. Open it on a machine with more memory.`,
      { cause: thrown },
    );
  }
}

/**
 * Writes the elements of raw bytes to `target` from `at` on. The bytes are swapped in place where
 * their order is not this machine's; they must begin at a multiple of eight in their buffer, which
 * lets whole typed arrays be copied at once.
 */
export function decodeElements(
  raw: Uint8Array,
  type: ElementType,
  littleEndian: boolean,
  target: WeightValues,
  at: number,
): void {
  if (littleEndian !== (endianness() === 'LE')) swapBytes(raw, elementBytes[type]);
  const count = raw.length / elementBytes[type];
  const { buffer, byteOffset } = raw;
  switch (type) {
    case 'F32':
      return target.set(new Float32Array(buffer, byteOffset, count), at);
    case 'F64':
      return target.set(new Float64Array(buffer, byteOffset, count), at);
    case 'U8':
      return target.set(raw, at);
    case 'I8':
      return target.set(new Int8Array(buffer, byteOffset, count), at);
    case 'U16':
      return target.set(new Uint16Array(buffer, byteOffset, count), at);
    case 'I16':
      return target.set(new Int16Array(buffer, byteOffset, count), at);
    case 'U32':
      return target.set(new Uint32Array(buffer, byteOffset, count), at);
    case 'I32':
      return target.set(new Int32Array(buffer, byteOffset, count), at);
    case 'U64':
      return copyBig(new BigUint64Array(buffer, byteOffset, count), target, at);
    case 'I64':
      return copyBig(new BigInt64Array(buffer, byteOffset, count), target, at);
    case 'BF16':
      return copyBrainFloats(new Uint16Array(buffer, byteOffset, count), target, at);
    case 'F16':
      return copyByTable(new Uint16Array(buffer, byteOffset, count), halfTable(), target, at);
    case 'BOOL':
      return copyBooleans(raw, target, at);
    case 'F8_E4M3':
    case 'F8_E5M2':
    case 'F8_E4M3FNUZ':
    case 'F8_E5M2FNUZ':
    case 'F8_E8M0':
      return copyByTable(raw, smallFloatTables()[type], target, at);
  }
}

function swapBytes(raw: Uint8Array, width: number): void {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  if (width === 2) bytes.swap16();
  if (width === 4) bytes.swap32();
  if (width === 8) bytes.swap64();
}

function copyBig(from: BigInt64Array | BigUint64Array, target: WeightValues, at: number): void {
  for (let i = 0; i < from.length; i++) target[at + i] = Number(from[i]);
}

function copyBooleans(from: Uint8Array, target: WeightValues, at: number): void {
  for (let i = 0; i < from.length; i++) target[at + i] = from[i] === 0 ? 0 : 1;
}

/** A bfloat16 is the upper half of a float32. */
function copyBrainFloats(from: Uint16Array, target: WeightValues, at: number): void {
  const words = new Uint32Array(from.length);
  for (let i = 0; i < from.length; i++) words[i] = from[i] << 16;
  target.set(new Float32Array(words.buffer), at);
}

function copyByTable(
  from: Uint8Array | Uint16Array,
  table: Float32Array,
  target: WeightValues,
  at: number,
): void {
  for (let i = 0; i < from.length; i++) target[at + i] = table[from[i]];
}

let halves: Float32Array | undefined;

/** Every half float there is; made once, because weights have millions of them. */
function halfTable(): Float32Array {
  return (halves ??= Float32Array.from({ length: 1 << 16 }, (_, bits) => halfToNumber(bits)));
}

import { halfToNumber } from '../../shared/halfFloat';
import { UserError } from '../../shared/userError';

/** The type of the elements of a .npy array. */
export interface NpyType {
  readonly kind: 'u' | 'i' | 'f' | 'b';
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
}

/** Calls `visit` with every element of raw .npy bytes; 64-bit integers come as numbers. */
export function forEachValue(
  data: Uint8Array,
  type: NpyType,
  visit: (value: number, index: number) => void,
): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = elementReader(view, type);
  const count = data.length / type.bytes;
  for (let i = 0; i < count; i++) visit(read(i * type.bytes), i);
}

function elementReader(view: DataView, type: NpyType): (at: number) => number {
  const le = type.littleEndian;
  switch (`${type.kind}${type.bytes}`) {
    case 'u1':
      return (at) => view.getUint8(at);
    case 'b1':
      return (at) => (view.getUint8(at) === 0 ? 0 : 1);
    case 'i1':
      return (at) => view.getInt8(at);
    case 'u2':
      return (at) => view.getUint16(at, le);
    case 'i2':
      return (at) => view.getInt16(at, le);
    case 'u4':
      return (at) => view.getUint32(at, le);
    case 'i4':
      return (at) => view.getInt32(at, le);
    case 'u8':
      return (at) => Number(view.getBigUint64(at, le));
    case 'i8':
      return (at) => Number(view.getBigInt64(at, le));
    case 'f2':
      return (at) => halfToNumber(view.getUint16(at, le));
    case 'f4':
      return (at) => view.getFloat32(at, le);
    case 'f8':
      return (at) => view.getFloat64(at, le);
    default:
      throw new UserError(
        `The element type ${type.kind}${type.bytes} of a .npy array is unknown: save it as uint8.`,
      );
  }
}

/** Maps stored values to grey levels 0 … 255 as level = (value + offset) * scale, rounded. */
export interface GreyScale {
  readonly offset: number;
  readonly scale: number;
}

/**
 * What the values of an array mean, by the smallest and the largest of the whole array:
 * integers are levels 0 … 255; booleans 0 and 1 are black and white; floats within [0, 1] are
 * scaled by 255, within [-1, 1] from there, and any others within [0, 255] are levels.
 *
 * @throws UserError when a value is not finite or lies outside
 */
export function greyScaleOf(type: NpyType, min: number, max: number, where: string): GreyScale {
  const within = (low: number, high: number): boolean => min >= low && max <= high;
  const isFloat = type.kind === 'f';
  if (type.kind === 'b' || (isFloat && within(0, 1))) return { offset: 0, scale: 255 };
  if (isFloat && within(-1, 1)) return { offset: 1, scale: 127.5 };
  if (within(0, 255)) return { offset: 0, scale: 1 };
  throw new UserError(
    `"${where}" has values from ${min} to ${max}, which are no pixels: expected whole numbers in 0 … 255, or floats in [0, 1], [-1, 1] or [0, 255].`,
  );
}

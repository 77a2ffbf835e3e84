import { shortened } from '../../runs/jsonFlaw';
import { sizeOf } from '../../shared/tensors';
import { UserError } from '../../shared/userError';
import { type StoredArray, unreadableType } from '../openWeightFile';
import { gathered, reachOf } from '../strided';
import type { ZipMember } from '../zip/zipMember';
import type { NamedTensor } from './namedTensors';
import { PickleFlaw } from './pickleBytes';
import { PickleSequence, type PickleValue } from './pickleValues';
import { type TorchType, torchType, UNTYPED_STORAGE } from './torchTypes';

/** What the tensors of a checkpoint have in common. */
export interface TorchArchive {
  readonly file: string;
  readonly littleEndian: boolean;
  /** The member with the elements of a storage. */
  readonly storage: (key: string) => ZipMember | undefined;
}

/** Elements that a view may have beyond those of its storage, which it then has several times. */
const REPEATED_ELEMENTS = 1 << 20;
const MAX_AXES = 64;

/**
 * A tensor as an array that can be read.
 *
 * @throws PickleFlaw for a view that reaches out of its storage or is impossible, and for a storage
 *   that is missing or of another size than claimed
 */
export function torchArray({ name, tensor }: NamedTensor, archive: TorchArchive): StoredArray {
  const { storage, dtype, isPlain } = tensor;
  const element = torchType(storage.type, dtype);
  const shape = lengths(tensor.shape);
  const strides = lengths(tensor.strides);
  const [offset] = lengths(new PickleSequence([tensor.offset])) ?? [];
  if (shape === undefined || strides?.length !== shape.length || offset === undefined) {
    throw new PickleFlaw(`describes ${shortened(name)} with an impossible shape or stride`);
  }
  const count = safeProduct(shape);
  if (count === undefined) {
    throw new PickleFlaw(`gives ${shortened(name)} the impossible shape [${shape.join(', ')}]`);
  }
  if (element === undefined) return unknownType(archive, name, dtype ?? storage.type, shape);
  const member = checkedStorage(name, tensor.storage, element, archive);
  const reach = reachOf(shape, strides);
  const elements = (member?.bytes ?? 0) / element.bytes;
  if (offset + reach > elements) {
    throw new PickleFlaw(
      `lets ${shortened(name)} reach to element ${offset + reach} of a storage that has ${elements}`,
    );
  }
  const read: StoredArray['read'] = async () => {
    const { type } = element;
    if (type === undefined || !isPlain) throw unreadableType(archive.file, name, element.dtype);
    if (count > elements + REPEATED_ELEMENTS) {
      throw new UserError(
        `The array ${shortened(name)} of ${archive.file} repeats ${elements} values to ${count}. Save it without repetitions, with .clone().`,
      );
    }
    if (member === undefined || count === 0) return new Float32Array(0);
    const from = offset * element.bytes;
    const window = await member.values(from, reach, type, archive.littleEndian, false);
    return gathered(window, shape, strides);
  };
  return { name, dtype: element.dtype, shape, bytes: count * element.bytes, read };
}

/** The member of a storage; undefined where an empty one has none. */
function checkedStorage(
  name: string,
  storage: NamedTensor['tensor']['storage'],
  element: TorchType,
  archive: TorchArchive,
): ZipMember | undefined {
  const { type, key, length } = storage;
  const member = archive.storage(key);
  const claimed = type === UNTYPED_STORAGE ? length : length * element.bytes;
  if ((member?.bytes ?? 0) !== claimed) {
    const found = member === undefined ? 'is missing' : `has ${member.bytes}`;
    throw new PickleFlaw(
      `claims ${claimed} bytes for the storage of ${shortened(name)}, which ${found}`,
    );
  }
  const flaw = member?.flaw();
  if (member !== undefined && flaw !== undefined) throw member.damaged(flaw);
  return member;
}

function unknownType(
  archive: TorchArchive,
  name: string,
  dtype: string,
  shape: readonly number[],
): StoredArray {
  const read: StoredArray['read'] = () => Promise.reject(unreadableType(archive.file, name, dtype));
  return { name, dtype, shape, bytes: 0, read };
}

/** Whole numbers from 0 on; undefined for anything else. */
function lengths(value: PickleValue): number[] | undefined {
  if (!(value instanceof PickleSequence) || value.items.length > MAX_AXES) return undefined;
  const numbers = value.items.filter(
    (item): item is number => Number.isSafeInteger(item) && (item as number) >= 0,
  );
  return numbers.length === value.items.length ? numbers : undefined;
}

/** Undefined where the product, in bytes, overflows. */
function safeProduct(shape: readonly number[]): number | undefined {
  const bytes = shape.reduce((product, length) => product * length, 16);
  return Number.isSafeInteger(bytes) ? sizeOf(shape) : undefined;
}

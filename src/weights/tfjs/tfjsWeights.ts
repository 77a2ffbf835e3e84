import { shortened } from '../../runs/jsonFlaw';
import { sizeOf } from '../../shared/tensors';
import { UserError } from '../../shared/userError';
import { damagedFile } from '../damagedFile';
import type { ElementType } from '../elementType';
import type { FileBytes } from '../fileBytes';
import { type StoredArray, type StoredWeights, unreadableType } from '../openWeightFile';
import { readModelJson, type TfjsModel, type TfjsWeight } from './modelJson';
import { Shards } from './shards';

/** A type of TensorFlow.js; `type` is absent where an element is no real number. */
interface Stored {
  readonly bytes: number;
  readonly type?: ElementType;
}

const storedTypes: Readonly<Record<string, Stored>> = {
  float32: { bytes: 4, type: 'F32' },
  float16: { bytes: 2, type: 'F16' },
  int32: { bytes: 4, type: 'I32' },
  uint16: { bytes: 2, type: 'U16' },
  uint8: { bytes: 1, type: 'U8' },
  bool: { bytes: 1, type: 'BOOL' },
  complex64: { bytes: 8 },
};

/** Texts have to be counted one by one to know where the next array begins. */
const MAX_TEXTS = 10_000;

/**
 * A model of TensorFlow.js: the model.json, and beside it the shards that it names.
 *
 * @throws UserError where the file is no such model, or its shards are missing, too short, or
 *   outside its folder
 */
export async function tfjsWeights(file: FileBytes): Promise<StoredWeights> {
  const model = await readModelJson(file);
  const arrays: StoredArray[] = [];
  let bytes = file.size;
  for (const { paths, weights } of model.weightsManifest) {
    const shards = await Shards.find(file.file, paths);
    bytes += shards.bytes;
    let begin = 0;
    for (const weight of weights) {
      const length = await lengthOf(file.file, weight, shards, begin);
      if (begin + length > shards.bytes) {
        throw damagedFile(
          file.file,
          `${shortened(weight.name)} ends at byte ${begin + length} of its shards, which have ${shards.bytes}`,
        );
      }
      arrays.push(storedArray(file.file, weight, shards, begin, length));
      begin += length;
    }
  }
  const close = (): Promise<void> => file.close();
  return { file: file.file, format: 'tfjs', bytes, arrays, metadata: metadataOf(model), close };
}

function storedArray(
  file: string,
  weight: TfjsWeight,
  shards: Shards,
  begin: number,
  bytes: number,
): StoredArray {
  const { name, shape, quantization } = weight;
  const stored = storedType(weight);
  const dtype =
    quantization === undefined ? weight.dtype : `${weight.dtype} as ${quantization.dtype}`;
  const read: StoredArray['read'] = async () => {
    if (stored?.type === undefined) throw unreadableType(file, name, dtype);
    const values = await shards.values(begin, sizeOf(shape), stored.type);
    const { scale, min } = quantization ?? {};
    if (scale === undefined || min === undefined) return values;
    const whole = weight.dtype === 'int32';
    return values.map((value) => (whole ? Math.round(value * scale + min) : value * scale + min));
  };
  return { name, dtype, shape, bytes, read };
}

/** Bytes of an array in the shards. */
async function lengthOf(
  file: string,
  weight: TfjsWeight,
  shards: Shards,
  begin: number,
): Promise<number> {
  const { name, shape, dtype } = weight;
  const count = sizeOf(shape);
  if (!Number.isSafeInteger(shape.reduce((product, length) => product * length, 8))) {
    throw damagedFile(file, `the shape [${shape.join(', ')}] of ${shortened(name)} is impossible`);
  }
  if (dtype === 'string') return lengthOfTexts(file, name, count, shards, begin);
  const stored = storedType(weight);
  if (stored === undefined) {
    throw new UserError(
      `The array ${shortened(name)} of ${file} has the type ${shortened(dtype)}, so it is not known where the next one begins. Convert the model again with a current converter.`,
    );
  }
  return count * stored.bytes;
}

/** Texts lie one after the other, each behind its length. */
async function lengthOfTexts(
  file: string,
  name: string,
  count: number,
  shards: Shards,
  begin: number,
): Promise<number> {
  if (count > MAX_TEXTS) {
    throw damagedFile(file, `${shortened(name)} holds ${count} texts, more than any model`);
  }
  let length = 0;
  for (let i = 0; i < count; i++) {
    const prefix = await shards.read(begin + length, 4);
    if (prefix.length < 4) throw damagedFile(file, `the texts of ${shortened(name)} are cut off`);
    length += 4 + prefix.readUInt32LE();
  }
  return length;
}

/** As what the elements are stored; undefined for types that nobody knows. */
function storedType({ dtype, quantization }: TfjsWeight): Stored | undefined {
  const name = quantization?.dtype ?? dtype;
  return Object.hasOwn(storedTypes, name) ? storedTypes[name] : undefined;
}

function metadataOf(model: TfjsModel): Record<string, string> {
  const { format, generatedBy, convertedBy } = model;
  return Object.fromEntries(
    Object.entries({ format, generatedBy, convertedBy }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

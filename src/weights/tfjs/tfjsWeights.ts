import { shortened } from '../../runs/jsonFlaw';
import { sizeOf } from '../../shared/tensors';
import { UserError } from '../../shared/userError';
import { damagedFile } from '../damagedFile';
import type { ElementType } from '../elementType';
import type { FileBytes } from '../fileBytes';
import { type StoredArray, type StoredWeights, unreadableType } from '../openWeightFile';
import { readModelJson, type TfjsModel, type TfjsWeight } from './modelJson';
import { Shards } from './shards';
import { TextLengths } from './textLengths';

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

/** More groups or arrays than any network has; each group costs a look into the folder. */
const MAX_ARRAYS = 20_000;

/**
 * A model of TensorFlow.js: the model.json, and beside it the shards that it names.
 *
 * @throws UserError where the file is no such model, or its shards are missing, too short, or
 *   outside its folder
 */
export async function tfjsWeights(file: FileBytes): Promise<StoredWeights> {
  const model = await readModelJson(file);
  const arrays: StoredArray[] = [];
  const texts = new TextLengths(file.file);
  const seen = new Set<string>();
  let bytes = file.size;
  checkCounts(file.file, model);
  for (const { paths, weights } of model.weightsManifest) {
    const shards = await Shards.find(file.file, paths, seen);
    bytes += shards.bytes;
    let begin = 0;
    for (const weight of weights) {
      const length = await lengthOf(file.file, weight, (count) =>
        texts.measure(weight.name, count, shards, begin),
      );
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

/** Bytes of an array in the shards; those of texts have to be measured. */
async function lengthOf(
  file: string,
  weight: TfjsWeight,
  measureTexts: (count: number) => Promise<number>,
): Promise<number> {
  const { name, shape, dtype } = weight;
  const count = sizeOf(shape);
  if (!Number.isSafeInteger(shape.reduce((product, length) => product * length, 8))) {
    throw damagedFile(file, `the shape [${shape.join(', ')}] of ${shortened(name)} is impossible`);
  }
  if (dtype === 'string') return measureTexts(count);
  const stored = storedType(weight);
  if (stored === undefined) {
    throw new UserError(
      `The array ${shortened(name)} of ${file} has the type ${shortened(dtype)}, so it is not known where the next one begins. Convert the model again with a current converter.`,
    );
  }
  return count * stored.bytes;
}

function checkCounts(file: string, { weightsManifest }: TfjsModel): void {
  const arrays = weightsManifest.reduce((sum, { weights }) => sum + weights.length, 0);
  const most = Math.max(arrays, weightsManifest.length);
  if (most <= MAX_ARRAYS) return;
  throw damagedFile(file, `it lists ${most} arrays or groups, more than any network has`);
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

import { safetensorsHeaderOf, type TensorPlace } from '../runs/safetensorsHeader';
import { sizeOf } from '../shared/tensors';
import { isElementType } from './elementType';
import type { FileBytes } from './fileBytes';
import { type StoredArray, type StoredWeights, unreadableType } from './openWeightFile';

/** @throws UserError for a header that is damaged or does not describe the file */
export async function safetensorsWeights(bytes: FileBytes): Promise<StoredWeights> {
  const { tensors, metadata } = await safetensorsHeaderOf(bytes.file, bytes.size, (...range) =>
    bytes.read(...range),
  );
  return {
    file: bytes.file,
    format: 'safetensors',
    bytes: bytes.size,
    arrays: tensors.map((place) => storedArray(bytes, place)),
    metadata,
    close: () => bytes.close(),
  };
}

function storedArray(file: FileBytes, place: TensorPlace): StoredArray {
  const { name, dtype, shape, begin, end } = place;
  const read: StoredArray['read'] = async () => {
    if (!isElementType(dtype)) throw unreadableType(file.file, name, dtype);
    return file.readValues(begin, sizeOf(shape), dtype, true);
  };
  return { name, dtype, shape, bytes: end - begin, read };
}

import path from 'node:path';
import { FileBytes } from './fileBytes';
import { OpenWeightFile, type StoredWeights } from './openWeightFile';
import { safetensorsWeights } from './safetensors';
import type { WeightFile } from './weightFile';

/**
 * Opens anybody's file of weights: what it is, is told by its contents and not by its name. Reads
 * the header alone, and executes nothing, whatever the file says.
 *
 * @throws UserError for a file that cannot be read, is of no format that we know, or is damaged
 */
export async function openWeights(file: string): Promise<WeightFile> {
  const bytes = await FileBytes.open(path.resolve(file));
  try {
    return new OpenWeightFile(await storedWeights(bytes));
  } catch (thrown) {
    await bytes.close();
    throw thrown;
  }
}

async function storedWeights(bytes: FileBytes): Promise<StoredWeights> {
  return safetensorsWeights(bytes);
}

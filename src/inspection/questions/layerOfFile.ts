import type { Corrections, FileListing, LayerListing } from '../../shared/inspection';
import { UserError } from '../../shared/userError';
import type { Matrix } from '../../spectral/matrix';
import type { WeightFile, WeightValues } from '../../weights/weightFile';
import { describeFile } from '../listing/listFile';
import { asPaperMatrix, readWeight } from '../numbers/layerWeight';

/** One layer of a file with its values. */
export interface ReadLayer {
  readonly listing: FileListing;
  readonly layer: LayerListing;
  /** In PyTorch's layout. */
  readonly values: WeightValues;
}

/**
 * Reads the layer that a question is about.
 *
 * @throws UserError where the file has no such layer, or it cannot be read
 */
export async function readLayer(
  weights: WeightFile,
  name: string,
  corrections: Corrections,
): Promise<ReadLayer> {
  const { listing, found } = await describeFile(weights, corrections);
  const layer = listing.layers.find((each) => each.name === name);
  const source = found.get(name);
  if (!layer || !source) {
    throw new UserError(`${weights.file} has no layer "${name}"; it may have been replaced.`);
  }
  return { listing, layer, values: await readWeight(weights, source) };
}

/**
 * The layer's weight as the paper's matrix.
 *
 * @throws UserError for values that are not finite
 */
export function matrixOfLayer({ layer, values }: ReadLayer): Matrix {
  return asPaperMatrix(values, layer);
}

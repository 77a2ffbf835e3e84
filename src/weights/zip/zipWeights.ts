import { UserError } from '../../shared/userError';
import type { FileBytes } from '../fileBytes';
import { isNpz, npzWeights } from '../npy/npzWeights';
import type { StoredWeights } from '../openWeightFile';
import { findPickle, torchWeights } from '../torch/torchWeights';
import { readZipMembers } from './zipDirectory';

/**
 * A zip archive of arrays: NumPy's .npz or a checkpoint of PyTorch.
 *
 * @throws UserError for other or damaged archives
 */
export async function zipWeights(file: FileBytes): Promise<StoredWeights> {
  const members = await readZipMembers(file);
  const pickle = findPickle(members);
  if (pickle !== undefined) return torchWeights(file, members, pickle);
  if (isNpz(members)) return npzWeights(file, members);
  throw new UserError(
    `${file.file} is a zip archive, but neither a .npz of NumPy nor a checkpoint of PyTorch. Unpack it and open the weights in it.`,
  );
}

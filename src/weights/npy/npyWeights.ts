import path from 'node:path';
import { damagedFile } from '../damagedFile';
import type { FileBytes } from '../fileBytes';
import type { StoredWeights } from '../openWeightFile';
import { npyArray } from './npyArray';
import { readTypedHeader } from './typedHeader';

/**
 * A .npy file: one array, which goes by the name of the file.
 *
 * @throws UserError for a header that is damaged or does not fit the file
 */
export async function npyWeights(file: FileBytes): Promise<StoredWeights> {
  const header = await readTypedHeader((length) => file.read(0, Math.min(length, file.size)));
  if (typeof header === 'string') throw damagedFile(file.file, header);
  const name = path.basename(file.file, '.npy');
  const array = npyArray(name, header, {
    file: file.file,
    bytes: file.size,
    values: (...place) => file.readValues(...place),
  });
  if (typeof array === 'string') throw damagedFile(file.file, array);
  return {
    file: file.file,
    format: 'npy',
    bytes: file.size,
    arrays: [array],
    close: () => file.close(),
  };
}

import { shortened } from '../../runs/jsonFlaw';
import { messageOf, UserError } from '../../shared/userError';
import type { FileBytes } from '../fileBytes';
import { fewFlaws } from '../flaws';
import type { StoredArray, StoredWeights } from '../openWeightFile';
import type { ZipMember } from '../zip/zipMember';
import { npyArray } from './npyArray';
import { readTypedHeader } from './typedHeader';

const SUFFIX = '.npy';

/** More arrays than any network has; each costs a look into the file. */
const MAX_ARRAYS = 20_000;

/** Whether a zip archive is one of NumPy's, which Chainer's snapshots are, too. */
export function isNpz(members: readonly ZipMember[]): boolean {
  return members.some(({ name }) => name.endsWith(SUFFIX));
}

/**
 * A .npz file. What of it is no array is left out and told in a sentence.
 *
 * @throws UserError where nothing of it is an array
 */
export async function npzWeights(
  file: FileBytes,
  members: readonly ZipMember[],
): Promise<StoredWeights> {
  if (members.length > MAX_ARRAYS) {
    throw new UserError(
      `${file.file} has ${members.length} members, more than any file of weights. Save the weights alone.`,
    );
  }
  const arrays: StoredArray[] = [];
  const flaws: string[] = [];
  for (const member of members) {
    const array = await arrayOf(file.file, member);
    if (typeof array === 'string') {
      flaws.push(`${shortened(member.name)} was left out: ${array}.`);
    } else arrays.push(array);
  }
  if (arrays.length === 0) {
    throw new UserError(`${file.file} holds no array that can be read. ${fewFlaws(flaws)[0]}`);
  }
  return {
    file: file.file,
    format: 'npz',
    bytes: file.size,
    arrays,
    flaws: fewFlaws(flaws),
    close: () => file.close(),
  };
}

/** The array in a member, or in words why there is none. */
async function arrayOf(file: string, member: ZipMember): Promise<StoredArray | string> {
  if (!member.name.endsWith(SUFFIX)) return 'it is no .npy array';
  const flaw = member.flaw();
  if (flaw !== undefined) return flaw;
  try {
    const header = await readTypedHeader((length) => member.start(length));
    if (typeof header === 'string') return header;
    return npyArray(member.name.slice(0, -SUFFIX.length), header, {
      file,
      bytes: member.bytes,
      values: (from, count, type, littleEndian) =>
        member.values(from, count, type, littleEndian, true),
    });
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    return messageOf(thrown).replace(/\.$/, '');
  }
}

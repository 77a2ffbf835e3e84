import { damagedFile } from '../damagedFile';
import type { FileBytes } from '../fileBytes';
import { fewFlaws } from '../flaws';
import type { StoredWeights } from '../openWeightFile';
import { UserError } from '../../shared/userError';
import type { ZipMember } from '../zip/zipMember';
import { namedTensors } from './namedTensors';
import { PickleFlaw } from './pickleBytes';
import { readPickle } from './pickleReader';
import { torchArray } from './torchTensor';

/** Some hundred bytes describe a tensor; those of a hundred thousand fit. */
const MAX_PICKLE_BYTES = 32 * 1024 * 1024;

const PICKLE = 'data.pkl';

/** The member of a checkpoint of PyTorch (since 1.6) that tells what is in the others. */
export function findPickle(members: readonly ZipMember[]): ZipMember | undefined {
  return members.find(({ name }) => /^([^/]*\/)?data\.pkl$/.test(name));
}

/**
 * A checkpoint as `torch.save` writes it.
 *
 * @throws UserError where it is damaged or holds no tensors
 */
export async function torchWeights(
  file: FileBytes,
  members: readonly ZipMember[],
  pickle: ZipMember,
): Promise<StoredWeights> {
  if (pickle.bytes > MAX_PICKLE_BYTES) {
    throw damagedFile(
      file.file,
      `its ${PICKLE} has ${pickle.bytes} bytes, and that of no checkpoint has so many`,
    );
  }
  const folder = pickle.name.slice(0, -PICKLE.length);
  const byName = new Map(members.map((member) => [member.name, member]));
  const littleEndian = await isLittleEndian(byName.get(`${folder}byteorder`));
  const contents = await pickle.start(pickle.bytes);
  try {
    const { tensors, flaws } = namedTensors(readPickle(contents));
    if (tensors.length === 0) {
      throw new UserError(
        `${file.file} holds no tensors. ${flaws[0] ?? 'Save the state_dict() of a model with torch.save.'}`,
      );
    }
    const storage = (key: string): ZipMember | undefined => byName.get(`${folder}data/${key}`);
    const archive = { file: file.file, littleEndian, storage };
    return {
      file: file.file,
      format: 'torch',
      bytes: file.size,
      arrays: tensors.map((tensor) => torchArray(tensor, archive)),
      flaws: fewFlaws(flaws),
      close: () => file.close(),
    };
  } catch (thrown) {
    if (!(thrown instanceof PickleFlaw)) throw thrown;
    throw damagedFile(file.file, `its ${PICKLE} ${thrown.message}`, thrown);
  }
}

/** Checkpoints of big-endian machines say so. */
async function isLittleEndian(member: ZipMember | undefined): Promise<boolean> {
  return member === undefined || (await member.start(3)).toString('latin1') !== 'big';
}

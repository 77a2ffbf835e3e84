import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { shortened } from '../../runs/jsonFlaw';
import { messageOf, UserError } from '../../shared/userError';
import { damagedFile } from '../damagedFile';
import type { FileBytes } from '../fileBytes';
import { ZipMember } from './zipMember';

/** More than any checkpoint has; with the next limit, keeps directories from filling the memory. */
const MAX_MEMBERS = 65_535;
/** Of names and what else the directory says in words: a few hundred bytes for each member. */
const MAX_WORDS = 1 << 24;

/**
 * The members of a zip archive, folders apart. Only its directory is read, because checkpoints have
 * a thousand members and gigabytes between them.
 *
 * @throws UserError for a directory that is missing, damaged or larger than any of weights
 */
export async function readZipMembers(file: FileBytes): Promise<ZipMember[]> {
  try {
    return await membersOf(file, await openZip(file));
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    // What follows the first sentence are guesses at the cause.
    const [why] = messageOf(thrown).split('. ');
    throw damagedFile(file.file, `the directory of the archive cannot be read (${why})`, thrown);
  }
}

async function openZip(file: FileBytes): Promise<ZipFile> {
  return fromRandomAccessReaderPromise(new FileReader(file), file.size, {
    // Whoever opened the file closes it.
    autoClose: false,
    // Names are decoded below, and sizes compared by each member, without the refusal of a whole
    // archive for one odd member.
    decodeStrings: false,
    validateEntrySizes: false,
  });
}

async function membersOf(file: FileBytes, zip: ZipFile): Promise<ZipMember[]> {
  if (zip.entryCount > MAX_MEMBERS) {
    const claimed = `it claims ${zip.entryCount} members`;
    throw damagedFile(file.file, `${claimed}, more than any file of weights has`);
  }
  const members = new Map<string, ZipMember>();
  let words = 0;
  for await (const entry of zip.eachEntry()) {
    words += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    if (words > MAX_WORDS) {
      throw damagedFile(file.file, 'its directory is larger than that of any file of weights');
    }
    const name = nameOf(entry);
    if (members.has(name)) {
      throw damagedFile(file.file, `it has two members of the name ${shortened(name)}`);
    }
    members.set(name, new ZipMember(file, zip, entry, name));
  }
  return [...members.values()].filter(({ name }) => !name.endsWith('/'));
}

/** As it is, backslashes included: names of arrays may have them, and nothing is extracted. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

/** Lets the archive be read from the file that is open already, which may have been replaced. */
class FileReader extends RandomAccessReader {
  constructor(private readonly file: FileBytes) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.file.read(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }
}

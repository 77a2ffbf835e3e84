import { messageOf, UserError } from '../../shared/userError';
import { decodeImage, maxImageBytes } from '../decode/decodeImage';
import { splitFolders } from '../imageClass';
import type { RgbImage } from '../../runs/png';
import { DamagedImage, type SourceImage } from '../imageSource';

/** A PNG, JPEG or WebP file, in a folder or an archive. */
export interface CodedFile {
  /** Path below the root of the set, with `/` between folders. */
  readonly path: string;
  readonly bytes: number;
  /** Undefined when it is too large. A UserError means that the whole set ends here. */
  readonly read: () => Promise<Uint8Array | undefined>;
}

/**
 * Turns a coded file into an image of a set. The path serves as a name only, so one that climbs out
 * (`../../x.png`) harms nothing: no file is ever written for it, and `..` names no class. Control characters, which
 * could drive a terminal, are replaced.
 */
export function codedImage(file: CodedFile): SourceImage {
  const name = file.path.replace(/\p{Cc}/gu, '?');
  const parts = name.split(/[\\/]+/).filter((part) => !['', '.', '..'].includes(part));
  const { split, folders } = splitFolders(parts.slice(0, -1));
  return { name, folders, split, decode: () => decodeFile(file) };
}

async function decodeFile(file: CodedFile): Promise<RgbImage> {
  if (file.bytes > maxImageBytes) throw tooLarge(file.bytes);
  let bytes: Uint8Array | undefined;
  try {
    bytes = await file.read();
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new DamagedImage(messageOf(thrown), { cause: thrown });
  }
  if (bytes === undefined) throw tooLarge(file.bytes);
  return decodeImage(bytes);
}

function tooLarge(bytes: number): DamagedImage {
  return new DamagedImage(
    `it holds ${Math.max(bytes, maxImageBytes + 1)} bytes, more than the ${maxImageBytes} that an image may have`,
  );
}

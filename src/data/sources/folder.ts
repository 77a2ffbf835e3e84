import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { readHead } from '../byteStream';
import { hasImageName } from '../decode/decodeImage';
import { sortedBytewise } from '../imageClass';
import { DamagedImage, type ImageSource, type SourceImage } from '../imageSource';
import { sniff } from '../sniff';
import { codedImage } from './codedImage';
import { isIdxOfImages, openIdx } from './idx';
import { openParquet } from './parquet';
import { openRecordFiles } from './recordFiles';

interface FoundFile {
  /** Below the root, with `/` between folders. */
  readonly path: string;
  /** Set when the file is a symbolic link that is not followed. */
  readonly refused: string | undefined;
}

/**
 * A folder, searched through all its subfolders: images; else CIFAR or STL-10 binary files; else
 * Parquet files; else IDX files. Hidden files are passed over.
 *
 * @throws UserError when none of these is in it
 */
export async function openFolder(root: string): Promise<ImageSource> {
  const found = await listFiles(root);
  const images = found.filter((file) => hasImageName(path.posix.basename(file.path)));
  // A lone picture may illustrate a data set of another format.
  if (images.length > 1) return imageFolder(root, images);
  const files = found.filter((file) => file.refused === undefined).map((file) => file.path);
  const named = (pattern: RegExp): string[] =>
    files.filter((file) => pattern.test(file)).map((file) => path.join(root, file));
  const records = named(/\.bin(\.gz)?$/i).filter((file) => !/_y\.bin(\.gz)?$/i.test(file));
  if (records.length > 0) return openRecordFiles(records);
  const parquet = named(/\.parquet$/i);
  if (parquet.length > 0) return openParquet(parquet, root);
  const idx = await filesOfImages(named(/idx\d|ubyte/i));
  if (idx.length > 0) return openIdx(idx);
  if (images.length > 0) return imageFolder(root, images);
  throw nothingUsable(root, found);
}

function imageFolder(root: string, images: readonly FoundFile[]): ImageSource {
  return {
    kind: 'folder of images',
    total: images.length,
    images: () => imagesOf(root, images),
  };
}

async function filesOfImages(files: readonly string[]): Promise<string[]> {
  const images: string[] = [];
  for (const file of files) {
    const head = await readHead(file, 4);
    const gzipped = sniff(head) === 'gzip';
    if (gzipped ? /images|idx[34]/i.test(file) : sniff(head) === 'idx' && isIdxOfImages(head)) {
      images.push(file);
    }
  }
  return images;
}

async function* imagesOf(root: string, files: readonly FoundFile[]): AsyncGenerator<SourceImage> {
  for (const file of files) {
    const refused = file.refused;
    if (refused !== undefined) {
      const decode = (): never => {
        throw new DamagedImage(refused);
      };
      yield { name: file.path, folders: [], split: undefined, decode };
      continue;
    }
    const absolute = path.join(root, file.path);
    const read = (): Promise<Uint8Array> => readFile(absolute);
    // A file that has gone since it was listed fails when it is read, with its name.
    const bytes = await stat(absolute).then(
      ({ size }) => size,
      () => 0,
    );
    yield codedImage({ path: file.path, bytes, read });
  }
}

/** Every file below `root`, sorted bytewise by path. */
async function listFiles(root: string): Promise<FoundFile[]> {
  const realRoot = await realpath(root);
  const found: FoundFile[] = [];

  /** @param ancestors real paths of the folders around this one, to notice loops */
  const visit = async (folder: string, ancestors: readonly string[]): Promise<void> => {
    for (const entry of await readdir(path.join(root, folder), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const below = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        await visit(below, [...ancestors, path.join(ancestors[ancestors.length - 1], entry.name)]);
      } else if (entry.isFile()) {
        found.push({ path: below, refused: undefined });
      } else if (entry.isSymbolicLink()) {
        await followLink(below, ancestors);
      }
    }
  };

  const followLink = async (below: string, ancestors: readonly string[]): Promise<void> => {
    const target = await realpath(path.join(root, below)).catch(() => undefined);
    if (target === undefined) {
      found.push({ path: below, refused: 'the symbolic link leads nowhere' });
    } else if (!target.startsWith(realRoot + path.sep)) {
      found.push({ path: below, refused: 'the symbolic link leads out of the folder' });
    } else if ((await stat(target)).isFile()) {
      found.push({ path: below, refused: undefined });
    } else if (!ancestors.includes(target)) {
      await visit(below, [...ancestors, target]);
    }
  };

  await visit('', [realRoot]);
  return sortedBytewise(found, (file) => file.path);
}

function nothingUsable(root: string, found: readonly FoundFile[]): UserError {
  const some = found.slice(0, 3).map((file) => file.path);
  const what =
    found.length === 0 ? 'is empty' : `holds ${found.length} other files (${some.join(', ')} …)`;
  return new UserError(
    `"${root}" ${what}: a folder must hold PNG, JPEG or WebP images, or the files of CIFAR, STL-10, MNIST (IDX) or a Parquet data set.`,
  );
}

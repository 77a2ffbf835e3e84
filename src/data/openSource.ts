import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../shared/userError';
import { openUnpacked, readHead, withUnpacked } from './byteStream';
import { expectedSources, type ImageSource } from './imageSource';
import { sniff, sniffLength } from './sniff';
import { builtInName, openBuiltIn } from './sources/builtIn';
import { openFolder } from './sources/folder';
import { openIdx } from './sources/idx';
import { openNpy } from './sources/npy';
import { openParquet } from './sources/parquet';
import { openRecordFiles } from './sources/recordFiles';
import { openTar } from './sources/tar';
import { openZipSource } from './sources/zip';

/**
 * Finds out what a source is, by its content rather than its name, and opens it.
 *
 * @param source `emoji-32` or a path
 * @throws UserError that says what was found and what is expected
 */
export async function openSource(source: string): Promise<ImageSource> {
  if (source === builtInName) return openBuiltIn();
  const found = await stat(source).catch((thrown: NodeJS.ErrnoException) => {
    throw new UserError(`"${source}" ${reasonOf(thrown)}: ${expectedSources}.`, { cause: thrown });
  });
  if (found.isDirectory()) return openFolder(source);
  if (!found.isFile()) throw new UserError(`"${source}" is no file or folder: ${expectedSources}.`);
  if (found.size === 0) throw new UserError(`"${source}" is empty: ${expectedSources}.`);
  return openFile(source);
}

async function openFile(file: string): Promise<ImageSource> {
  const outer = sniff(await readHead(file, sniffLength));
  const kind =
    outer === 'gzip' ? sniff(await withUnpacked(file, (bytes) => bytes.read(sniffLength))) : outer;
  switch (kind) {
    case 'zip':
      if (outer === 'gzip') throw new UserError(`"${file}" is a gzipped zip: unpack it once.`);
      return openZipSource(file);
    case 'tar':
      return openTar(file);
    case 'parquet':
      if (outer === 'gzip') throw new UserError(`"${file}" is gzipped Parquet: unpack it once.`);
      return openParquet([file], undefined);
    case 'npy':
      return openNpy({ name: path.basename(file), open: () => openUnpacked(file) });
    case 'idx':
      return openIdx([file]);
    case 'png':
    case 'jpeg':
    case 'webp':
    case 'other-image':
      throw new UserError(`"${file}" is a single image: give the folder that it lies in.`);
    case 'other-archive':
      throw new UserError(
        `"${file}" is packed in a way that cannot be read (bzip2, xz, zstd, 7z or rar): unpack it, or pack it as zip or tar.gz.`,
      );
    case 'lfs-pointer':
      throw new UserError(
        `"${file}" is a Git LFS pointer, not the data itself: run "git lfs pull" to fetch it.`,
      );
    case 'pickle':
      throw new UserError(
        `"${file}" is a Python pickle, which is never loaded because it can run code: take the binary version of the set, or save its images as .npz.`,
      );
    case 'gzip':
      throw new UserError(`"${file}" is gzipped twice: unpack it once.`);
    case 'unknown':
      return openRecordFiles([file]);
  }
}

function reasonOf(thrown: NodeJS.ErrnoException): string {
  if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return 'does not exist';
  if (thrown.code === 'EACCES' || thrown.code === 'EPERM') return 'may not be read';
  return `cannot be opened (${thrown.message})`;
}

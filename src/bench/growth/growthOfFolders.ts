import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Course } from '../bench';
import { benchProgram } from '../benchProgram';
import { answerOf } from '../lineProcess';
import { fillFolder } from './imageFolder';
import { loadedFolderSchema, type LoadedFolder } from './loadFolder';

const FIRST = 1000;
const FACTOR = 10;
/** Images between two words of progress. */
const TELL_EVERY = 100_000;

/** Folder sizes from a thousand on, each ten times the one before, up to `most`. */
export function folderSizes(most: number): number[] {
  const sizes: number[] = [];
  for (let size = FIRST; size <= most; size *= FACTOR) sizes.push(size);
  return sizes;
}

/**
 * Loads image folders of growing size, each in a process of its own. The files lie in a temporary
 * folder, where a million of them take four gigabytes, and are gone afterwards.
 */
export async function growthOfFolders(
  sizes: readonly number[],
  { tell, signal }: Course,
  onLoaded: (loaded: LoadedFolder) => void,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sn-gan-images-'));
  try {
    let from = 0;
    for (const size of sizes) {
      tell(`writing ${size} images …`);
      await fillFolder(folder, { from, to: size }, signal, (count) => {
        if (count % TELL_EVERY === 0) tell(`${count} of ${size} images are written`);
      });
      from = size;
      tell(`loading ${size} images …`);
      const program = benchProgram('folder', { folder }, signal);
      onLoaded(await answerOf(program, loadedFolderSchema));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

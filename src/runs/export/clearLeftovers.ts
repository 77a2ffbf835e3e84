import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isForeignTemporary } from '../atomicFile';

/** No export takes so long that another one could still be writing. */
const OLD_MS = 3_600_000;

/**
 * Removes what exports to the same file left behind whose process was killed. What cannot be
 * removed stays: it is in nobody's way.
 */
export async function clearLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  const beginning = `.${basename(target)}.`;
  try {
    for (const name of await readdir(folder)) {
      if (!name.startsWith(beginning) || !isForeignTemporary(name)) continue;
      const file = join(folder, name);
      const { mtimeMs } = await stat(file);
      if (Date.now() - mtimeMs > OLD_MS) await rm(file, { force: true });
    }
  } catch {
    // Whoever writes into this folder says what is wrong with it.
    return;
  }
}

import { readdir, stat } from 'node:fs/promises';
import { openSource } from '../data/openSource';
import { builtInName } from '../data/sources/builtIn';
import { systemCode } from '../runs/diskErrors';
import { messageOf, UserError } from '../shared/userError';

/**
 * Why nothing can be found at an absolute path, in a sentence about the key `data.source`;
 * undefined where something is there.
 */
export async function missingSource(absolute: string): Promise<string | undefined> {
  try {
    await stat(absolute);
    return undefined;
  } catch (thrown) {
    const gone = ['ENOENT', 'ENOTDIR'].includes(systemCode(thrown) ?? '');
    const problem = gone ? 'does not exist' : 'cannot be opened';
    return `"data.source" is ${absolute}, which ${problem}; give ${builtInName}, or a folder or file of images.`;
  }
}

/**
 * {@link missingSource}, and what a look at the head of a file or the first level of a folder says
 * beyond that. Quick for sets of any size: no subfolder is searched and no image decoded, so a set
 * without an objection may still turn out to be unusable when it is loaded.
 */
export async function sourceObjection(absolute: string): Promise<string | undefined> {
  const missing = await missingSource(absolute);
  if (missing !== undefined) return missing;
  try {
    if ((await stat(absolute)).isDirectory()) {
      const seen = (await readdir(absolute)).some((name) => !name.startsWith('.'));
      return seen ? undefined : `The folder ${absolute} is empty; give one that holds images.`;
    }
    await openSource(absolute);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.message;
    return `"data.source" is ${absolute}, which cannot be read (${messageOf(thrown)}).`;
  }
}

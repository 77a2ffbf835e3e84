import { join } from 'node:path';
import type { TrainConfig } from '../shared/config';
import { runFile } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { replaceContents } from './atomicFile';
import { readSmallText } from './regularFile';

const MAX_CONFIG_BYTES = 1024 * 1024;

/**
 * Stores the resolved config in a run folder.
 *
 * @throws UserError where the file system refuses
 */
export async function writeRunConfig(folder: string, config: TrainConfig): Promise<void> {
  const text = `${JSON.stringify(config, undefined, 2)}\n`;
  await replaceContents(join(folder, runFile.config), text);
}

/**
 * The resolved config that a run was made from.
 *
 * @throws UserError where it is missing, damaged or incomplete; names the key
 */
export async function readRunConfig(folder: string): Promise<TrainConfig> {
  const file = join(folder, runFile.config);
  const text = await readSmallText(file, MAX_CONFIG_BYTES);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw new UserError(`${file} is cut off or not JSON. Restore it from a copy.`, {
      cause: thrown,
    });
  }
  // An editor lists runs long before it needs a config, and the schema takes long to load.
  const { trainConfigSchema } = await import('../shared/config');
  const parsed = trainConfigSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UserError(
    `${file}: ${issue.path.join('.') || 'the config'}: ${issue.message}. Restore the file from a copy; a run cannot change its config.`,
  );
}

import { join } from 'node:path';
import * as z from 'zod/mini';
import { type RunIdentity, runFile, runIdentitySchema } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { replaceContents } from './atomicFile';
import { systemCode } from './diskErrors';
import { readSmallText } from './regularFile';

/** Far above any real one; a larger file is something else. */
const MAX_IDENTITY_BYTES = 1024 * 1024;
const FORMAT = 1;
const formatSchema = z.object({ format: z.int() });

/**
 * Reads `run.json`.
 *
 * @throws UserError where the folder is no run folder, or was made by a newer version, or where
 *   the file is damaged
 */
export async function readRun(folder: string): Promise<RunIdentity> {
  const file = join(folder, runFile.identity);
  const parsed = parseJson(file, await readIdentityText(folder, file));
  const format = formatSchema.safeParse(parsed);
  if (format.success && format.data.format > FORMAT) {
    throw new UserError(
      `${file} has format ${format.data.format}, and this version reads format ${FORMAT}: the run was made by a newer version. Update SN-GAN to open it.`,
    );
  }
  const identity = runIdentitySchema.safeParse(parsed);
  if (identity.success) return identity.data;
  const issue = identity.error.issues[0];
  throw damaged(file, `${issue.path.join('.') || 'its content'}: ${issue.message}`);
}

/**
 * Replaces `run.json` as a whole; a reader sees the old one or the new one. Calls for one folder
 * must follow each other.
 *
 * @throws UserError where the file system refuses; the old file is then as it was
 */
export async function writeRun(folder: string, identity: RunIdentity): Promise<void> {
  const text = `${JSON.stringify(runIdentitySchema.parse(identity), undefined, 2)}\n`;
  await replaceContents(join(folder, runFile.identity), text);
}

async function readIdentityText(folder: string, file: string): Promise<string> {
  try {
    return await readSmallText(file, MAX_IDENTITY_BYTES);
  } catch (thrown) {
    const code = thrown instanceof Error ? systemCode(thrown.cause) : undefined;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown;
    throw new UserError(
      `${folder} is not a run folder: it has no ${runFile.identity}. Give a folder that sn-gan train made.`,
      { cause: thrown },
    );
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw damaged(file, 'it is cut off or not JSON', thrown);
  }
}

function damaged(file: string, why: string, cause?: unknown): UserError {
  return new UserError(
    `${file} is damaged: ${why}. Restore it from a copy; the checkpoints of the run are not affected.`,
    { cause },
  );
}

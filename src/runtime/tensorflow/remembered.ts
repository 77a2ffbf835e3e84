import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../../shared/userError';
import { replaceText } from '../replaceText';
import { userFolders } from '../userFolders';

const rememberedSchema = z.object({
  format: z.literal(1),
  /** Folder of the installation in use; null: what the npm package brought, if anything. */
  current: z.string().nullable(),
  /** Folders of all installations, in the order they were made. */
  folders: z.array(z.string()),
});
export type RememberedRuntimes = z.infer<typeof rememberedSchema>;

/** The file in the user's settings folder that remembers installed TensorFlows. */
export function rememberedFile(): string {
  return path.join(userFolders().config, 'runtimes.json');
}

/**
 * What is remembered; nothing, where nothing was ever installed.
 *
 * @throws UserError when the file cannot be read or is not ours
 */
export async function readRemembered(): Promise<RememberedRuntimes> {
  const file = rememberedFile();
  try {
    return rememberedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (isMissing(error)) return { format: 1, current: null, folders: [] };
    throw new UserError(
      `${file}, which remembers installed runtimes, cannot be read or is damaged: delete it and run \`sn-gan runtime use FOLDER\` or \`sn-gan runtime install\`.`,
      { cause: error },
    );
  }
}

/** Remembers `folder` and uses it from now on. */
export async function rememberAndUse(folder: string): Promise<void> {
  const { folders } = await readRemembered();
  await write({ format: 1, current: folder, folders: [...without(folders, folder), folder] });
}

/** Uses what the npm package brought from now on. */
export async function usePackage(): Promise<void> {
  await write({ ...(await readRemembered()), current: null });
}

/** Forgets `folder`; if it was in use, the newest other one is used. */
export async function forget(folder: string): Promise<void> {
  const { current, folders } = await readRemembered();
  const rest = without(folders, folder);
  await write({
    format: 1,
    current: current === folder ? (rest.at(-1) ?? null) : current,
    folders: rest,
  });
}

function without(folders: readonly string[], folder: string): string[] {
  return folders.filter((other) => other !== folder);
}

function write(remembered: RememberedRuntimes): Promise<void> {
  return replaceText(rememberedFile(), `${JSON.stringify(remembered, null, 2)}\n`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT';
}

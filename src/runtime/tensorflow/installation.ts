import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, UserError } from '../../shared/userError';
import { replaceText } from '../replaceText';

/** The file that marks a folder as made by `sn-gan runtime install`, and says what is in it. */
export const INSTALLATION_FILE = 'sn-gan-runtime.json';

const installationSchema = z.object({
  format: z.literal(1),
  /** `tensorflow-2.21.0-cpu`: the name of the folder unless the user chose another. */
  name: z.string().min(1),
  /** Version of TensorFlow, as it says itself. */
  version: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** Path of the addon, relative to the folder. */
  addon: z
    .string()
    .refine((file) => !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..'), {
      message: 'leaves the folder',
    }),
  /** Where the libraries came from, for a person. */
  source: z.string(),
  /** ISO 8601. */
  installed: z.string(),
});
export type Installation = z.infer<typeof installationSchema>;

/** An installation and the folder it lies in. */
export interface PlacedInstallation extends Installation {
  readonly folder: string;
}

/** Marks `folder` as an installation. */
export async function writeInstallation(folder: string, record: Installation): Promise<void> {
  await replaceText(path.join(folder, INSTALLATION_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Reads what is installed in `folder`.
 *
 * @throws UserError when the folder is gone, is not an installation, or its record is damaged
 */
export async function readInstallation(folder: string): Promise<PlacedInstallation> {
  const file = path.join(folder, INSTALLATION_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `${folder} holds no TensorFlow made by \`sn-gan runtime install\` (${messageOf(error)}): run that command, or choose another with \`sn-gan runtime use\`.`,
      { cause: error },
    );
  }
  try {
    return { ...installationSchema.parse(JSON.parse(text)), folder };
  } catch (error) {
    throw new UserError(`${file} is damaged: run \`sn-gan runtime install\` again.`, {
      cause: error,
    });
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { openWeights } from '../../../src/weights/openWeights';
import type { WeightFile } from '../../../src/weights/weightFile';
import { UserError } from '../../../src/shared/userError';

export const hostileFolder = mkdtempSync(path.join(tmpdir(), 'sn-gan-hostile-'));
afterAll(() => rmSync(hostileFolder, { recursive: true }));

let count = 0;

/** Puts bytes into a file of their own. */
export function fileOf(bytes: Uint8Array | string, name = `file-${++count}.bin`): string {
  const file = path.join(hostileFolder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Opens a file that may be refused, gives it to `look`, and closes it. */
export async function opened<T>(file: string, look: (file: WeightFile) => Promise<T>): Promise<T> {
  const weights = await openWeights(file);
  try {
    return await look(weights);
  } finally {
    await weights.close();
  }
}

/**
 * The sentence with which a file is refused, when it is opened or when all of its arrays are read.
 *
 * @throws Error where it is not refused, or not by a sentence for people
 */
export async function refusalOf(file: string): Promise<string> {
  try {
    await opened(file, async (weights) => {
      for (const { name } of weights.tensors) await weights.read(name);
    });
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.message;
    throw thrown;
  }
  throw new Error(`${file} was accepted.`);
}

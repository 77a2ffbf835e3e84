import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { swapFile, writeFully } from '../runs/atomicFile';

/**
 * Replaces a small text file as a whole, and makes its folder where it is missing.
 *
 * @throws what the file system says: what to do depends on whose file it is
 */
export async function replaceText(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await swapFile(file, (handle) => writeFully(handle, Buffer.from(text)));
}

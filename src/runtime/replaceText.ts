import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { replaceContents } from '../runs/atomicFile';

/** Replaces a small text file as a whole, and makes its folder where it is missing. */
export async function replaceText(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await replaceContents(file, text);
}

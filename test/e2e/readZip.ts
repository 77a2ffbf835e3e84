import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';

/** Every file in a zip archive, by its name. */
export async function readZip(file: string): Promise<Map<string, Buffer>> {
  const archive = await openPromise(file);
  const files = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  return files;
}

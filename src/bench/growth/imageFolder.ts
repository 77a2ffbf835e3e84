import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodePng } from '../../runs/png';

/** Side of the images; training at this size needs no resizing, so reading is what is measured. */
const SIZE = 32;
/** Different pictures; a folder repeats them, for what is in a file makes no difference to others. */
const PICTURES = 64;
/** Files that are written at a time. */
const AT_ONCE = 64;

/**
 * Fills a folder with small PNG files `0000000.png` …, from `from` on.
 *
 * @param tell told how many files there are, now and then
 */
export async function fillFolder(
  folder: string,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal | undefined,
  tell: (count: number) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const pictures = Array.from({ length: PICTURES }, (_, i) => picture(i));
  for (let first = from; first < to; first += AT_ONCE) {
    signal?.throwIfAborted();
    const count = Math.min(AT_ONCE, to - first);
    await Promise.all(
      Array.from({ length: count }, (_, i) => {
        const name = `${String(first + i).padStart(7, '0')}.png`;
        return writeFile(path.join(folder, name), pictures[(first + i) % PICTURES]);
      }),
    );
    tell(first + count);
  }
}

/** A grained gradient: compresses about as well as a photograph of this size. */
function picture(index: number): Buffer {
  const data = new Uint8Array(SIZE * SIZE * 3);
  let grain = index + 1;
  for (let i = 0; i < data.length; i++) {
    grain = (grain * 1103515245 + 12345) % 2 ** 31;
    const pixel = Math.floor(i / 3);
    data[i] = (pixel % SIZE) * 4 + Math.floor(pixel / SIZE) * 3 + index + (grain >>> 26);
  }
  return encodePng({ width: SIZE, height: SIZE, data });
}

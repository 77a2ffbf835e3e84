import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import { z } from 'zod';
import { assetPath } from '../asset';
import type { RgbImage } from '../../runs/png';
import type { ImageSource, SourceImage } from '../imageSource';

/** Name of the built-in set. */
export const builtInName = 'emoji-32';

const indexSchema = z.object({
  size: z.literal(32),
  perRow: z.int(),
  classes: z.array(z.string()),
  sheets: z.array(
    z.object({ file: z.string(), names: z.array(z.string()), labels: z.array(z.int()) }),
  ),
});
type Index = z.infer<typeof indexSchema>;

/** 2,788 emoji, Noto and Fluent 3D, drawn on white; made by media/emoji-32/make.mjs. */
export async function openBuiltIn(): Promise<ImageSource> {
  const folder = assetPath(builtInName);
  const index = indexSchema.parse(
    JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8')),
  );
  return {
    kind: 'built-in set',
    total: index.sheets.reduce((sum, { names }) => sum + names.length, 0),
    async *images() {
      for (const sheet of index.sheets) yield* imagesOf(folder, index, sheet);
    },
  };
}

async function* imagesOf(
  folder: string,
  { size, perRow, classes }: Index,
  { file, names, labels }: Index['sheets'][number],
): AsyncGenerator<SourceImage> {
  const { width, data } = PNG.sync.read(await readFile(path.join(folder, file)));
  for (const [i, name] of names.entries()) {
    yield {
      name,
      folders: [classes[labels[i]]],
      split: undefined,
      decode: () => cutOut(data, width, (i % perRow) * size, Math.floor(i / perRow) * size, size),
    };
  }
}

/** One image of an opaque RGBA sheet, its upper left corner at (left, top). */
function cutOut(
  rgba: Uint8Array,
  sheetWidth: number,
  left: number,
  top: number,
  size: number,
): RgbImage {
  const data = new Uint8Array(size * size * 3);
  for (let y = 0, to = 0; y < size; y++) {
    let from = ((top + y) * sheetWidth + left) * 4;
    for (let x = 0; x < size; x++, from += 4, to += 3) {
      data[to] = rgba[from];
      data[to + 1] = rgba[from + 1];
      data[to + 2] = rgba[from + 2];
    }
  }
  return { width: size, height: size, data };
}

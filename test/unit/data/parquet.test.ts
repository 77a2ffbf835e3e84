import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../../src/data/openSource';
import { classNames, expectedPixels, fileOf, fixture, folderOf, load } from './support';

async function rawPixels(source: string): Promise<number[]> {
  const pixels: number[] = [];
  for await (const image of (await openSource(source)).images()) {
    pixels.push(...(await image.decode()).data);
  }
  return pixels;
}

describe('Parquet files', () => {
  test.each(['huggingface.parquet', 'plain.parquet'])(
    '%s gives its images untouched',
    async (name) => {
      expect(await rawPixels(fixture(name))).toEqual(expectedPixels('images'));
    },
  );

  test('take class names from the features that Hugging Face writes', async () => {
    const set = await load(fixture('huggingface.parquet'));
    expect(set.kind).toBe('Parquet');
    expect(classNames(set)).toEqual(['T-shirt/top', 'zebra', 'ant', 'T-shirt/top']);
  });

  test('have numbers as classes without them', async () => {
    expect(classNames(await load(fixture('plain.parquet')))).toEqual(['2', '0', '1', '2']);
  });

  test('in a folder are shards, whose names tell the split', async () => {
    const shard = await readFile(fixture('huggingface.parquet'));
    const root = await folderOf({
      'README.md': '# set',
      'thumbnail.png': 'a lone picture is no set of images',
      'data/train-00000-of-00002.parquet': shard,
      'data/train-00001-of-00002.parquet': shard,
      'data/test-00000-of-00001.parquet': shard,
    });
    const set = await load(root);
    expect([set.count, set.otherSplit]).toEqual([8, 4]);
  });

  test('may have a dictionary that is larger than the footer', async () => {
    const pixels = await rawPixels(fixture('large-dictionary.parquet'));
    // Of each image of 24 x 24 the first two rows.
    const firstRows = pixels.filter((_, i) => i % (24 * 24 * 3) < 2 * 24 * 3);
    expect(firstRows).toEqual(expectedPixels('noise'));
  });

  test('without images are refused', async () => {
    await expect(load(fixture('text.parquet'))).rejects.toThrow(
      'has no column of images (columns: text)',
    );
  });

  test('that are damaged give a sentence, never a crash', async () => {
    const whole = await readFile(fixture('plain.parquet'));
    await expect(load(await fileOf('a.parquet', whole.subarray(0, 700)))).rejects.toThrow(
      'is not a readable Parquet file',
    );
    let refused = 0;
    for (let at = 4; at < whole.length; at += 9) {
      const bytes = Uint8Array.from(whole);
      bytes[at] ^= 0x3f;
      const file = await fileOf('a.parquet', bytes);
      const result = await load(file, { maxDamaged: 4 }).catch((thrown: unknown) => thrown);
      if (!(result instanceof Error)) continue;
      expect(result.name, `${at}: ${result.stack}`).toBe('UserError');
      refused++;
    }
    expect(refused).toBeGreaterThan(20);
  });
});

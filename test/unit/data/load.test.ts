import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileOf, folderOf, load, png, tarOf, temporaryFolder } from './support';

describe('loadImageSet', () => {
  test.each<[string, string | Buffer, string]>([
    ['empty', '', 'is empty: expected emoji-32, or a folder'],
    ['notes.txt', 'hello world', 'is of no known format (11 bytes'],
    [
      'set.zip',
      'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n',
      'is a Git LFS pointer',
    ],
    [
      'data_batch_1',
      Buffer.from([0x80, 0x02, 0x7d, 0x71]),
      'is a Python pickle, which is never loaded',
    ],
    ['one.png', png(32, 32, [1, 2, 3]), 'is a single image'],
    ['set.tar.bz2', 'BZh91AY&SY', 'is packed in a way that cannot be read'],
    ['one.bmp', 'BM1234\0\0\0\0', 'is a single image'],
    ['movie.gif', 'GIF89a....', 'is a single image'],
  ])('says what is wrong with %s', async (name, content, message) => {
    const file = await fileOf(name, content);
    const thrown: unknown = await load(file).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'UserError' });
    expect((thrown as Error).message).toContain(`"${file}" ${message}`);
  });

  test('says when a path does not exist', async () => {
    const missing = path.join(temporaryFolder(), 'nothing');
    await expect(load(missing)).rejects.toThrow(`"${missing}" does not exist: expected emoji-32`);
  });

  test('names the split that is missing', async () => {
    const root = await folderOf({ 'test/a.png': png(32, 32, [1, 2, 3]) });
    await expect(load(root)).rejects.toThrow(
      'has no readable images in its train split, and 1 in others',
    );
  });

  test('resizes to each size and holds RGB bytes', async () => {
    const root = await folderOf({
      '1.png': png(100, 80, [1, 2, 3]),
      '2.png': png(20, 30, [4, 5, 6]),
    });
    for (const size of [32, 48, 64] as const) {
      for (const resize of ['area', 'lanczos'] as const) {
        const set = await load(root, { size, resize });
        const bytes = size * size * 3;
        expect([set.size, set.images.length]).toEqual([size, 2 * bytes]);
        expect([...set.images.subarray(0, 3), ...set.images.subarray(bytes, bytes + 3)]).toEqual([
          1, 2, 3, 4, 5, 6,
        ]);
      }
    }
  });

  test('gives other work its turn, tells its progress and stops when asked to', async () => {
    const image = png(300, 300, (x, y) => [x % 256, y % 256, (x * y) % 256]);
    const files = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.png`, image]));
    const root = await folderOf(files);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const seen: [number, number | undefined][] = [];
    try {
      await load(root, { onProgress: (done, total) => seen.push([done, total]) });
    } finally {
      clearInterval(timer);
    }
    // 250 images take several hundred milliseconds, in turns of 20.
    expect(ticks).toBeGreaterThan(5);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toEqual([250, 250]);
    expect(seen.every(([done], i) => i === 0 || done >= seen[i - 1][0])).toBe(true);

    const abort = new AbortController();
    let last = 0;
    const loading = load(root, {
      signal: abort.signal,
      onProgress: (done) => {
        last = done;
        abort.abort(new Error('enough'));
      },
    });
    await expect(loading).rejects.toThrow('enough');
    expect(last).toBeLessThan(250);
  });

  test('closes its files when it stops early', async () => {
    const { readdirSync } = await import('node:fs');
    if (process.platform !== 'linux') return;
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    const tar = await fileOf(
      'a.tar',
      await tarOf({ 'a.png': 'x', 'b.png': png(32, 32, [1, 2, 3]) }),
    );
    await load(tar).catch(() => undefined);
    const before = openFiles();
    for (let i = 0; i < 20; i++) await load(tar).catch(() => undefined);
    // Streams close a moment after they were destroyed.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(openFiles()).toBeLessThanOrEqual(before + 2);
  });
});

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { classNames, firstPixels, folderOf, load, png, temporaryFolder, type Rgb } from './support';

const red: Rgb = [200, 0, 0];
const green: Rgb = [0, 200, 0];
const blue: Rgb = [0, 0, 200];

describe('a folder of images', () => {
  test('takes classes from its first-level folders and orders files bytewise', async () => {
    const root = await folderOf({
      'b/1.png': png(32, 32, blue),
      'a/deep/2.png': png(32, 32, green),
      'a/1.png': png(32, 32, red),
      'Z/1.png': png(32, 32, [9, 9, 9]),
    });
    const set = await load(root);
    expect(set.kind).toBe('folder of images');
    expect(set.classes).toEqual(['Z', 'a', 'b']);
    expect(classNames(set)).toEqual(['Z', 'a', 'a', 'b']);
    expect(firstPixels(set)).toEqual([[9, 9, 9], red, green, blue]);
    expect(set.images.length).toBe(4 * 32 * 32 * 3);
    expect(set.name).toBe(path.basename(root));
  });

  test('has no classes when the images lie in it directly', async () => {
    const set = await load(
      await folderOf({ 'a.png': png(32, 32, red), 'b.PNG': png(32, 32, blue) }),
    );
    expect(set.classes).toEqual([]);
    expect(set.labels).toBeUndefined();
  });

  test('gives images beside class folders a class of their own', async () => {
    const set = await load(
      await folderOf({ 'a.png': png(32, 32, red), 'cat/b.png': png(32, 32, blue) }),
    );
    expect(classNames(set)).toEqual(['(none)', 'cat']);
  });

  test('passes over an outer folder that all share', async () => {
    const set = await load(
      await folderOf({ 'pets/cat/1.png': png(32, 32, red), 'pets/dog/1.png': png(32, 32, blue) }),
    );
    expect(classNames(set)).toEqual(['cat', 'dog']);
  });

  test('leaves test images out unless they are asked for', async () => {
    const root = await folderOf({
      'set/train/cat/1.png': png(32, 32, red),
      'set/train/dog/1.png': png(32, 32, green),
      'set/test/cat/1.png': png(32, 32, blue),
      'set/val/cat/1.png': png(32, 32, blue),
    });
    const train = await load(root);
    expect(classNames(train)).toEqual(['cat', 'dog']);
    expect(train.otherSplit).toBe(2);
    expect(firstPixels(await load(root, { split: 'test' }))).toEqual([blue, blue]);
    expect((await load(root, { split: 'all' })).count).toBe(4);
  });

  test('ignores hidden files and files that are no images', async () => {
    const root = await folderOf({
      '1.png': png(32, 32, red),
      '2.png': png(32, 32, red),
      '.hidden.png': 'no image',
      '.cache/3.png': 'no image',
      'readme.txt': 'hello',
    });
    const set = await load(root);
    expect([set.count, set.skipped]).toEqual([2, []]);
  });

  test('follows links that stay inside, but none that loop or lead out', async () => {
    const outside = await folderOf({ 'secret.png': png(32, 32, red) });
    const root = await folderOf({ 'a/1.png': png(32, 32, green), 'b/2.png': png(32, 32, blue) });
    await symlink(path.join(outside, 'secret.png'), path.join(root, 'a/out.png'));
    await symlink(root, path.join(root, 'a/loop'));
    await symlink(path.join(root, 'a'), path.join(root, 'a/self'));
    await symlink(path.join(root, 'a/1.png'), path.join(root, 'b/inside.png'));
    await symlink(path.join(root, 'gone.png'), path.join(root, 'b/nowhere.png'));
    const set = await load(root, { maxDamaged: 5 });
    expect(firstPixels(set)).toEqual([green, blue, green]);
    expect(set.skipped).toEqual([
      { file: 'a/out.png', reason: 'the symbolic link leads out of the folder' },
      { file: 'b/nowhere.png', reason: 'the symbolic link leads nowhere' },
    ]);
  });

  test('counts, names and skips damaged files up to the limit', async () => {
    const whole = png(32, 32, red);
    const root = await folderOf({
      'a.png': whole,
      'b.png': whole,
      'cut.png': whole.subarray(0, whole.length - 20),
      'empty.jpg': '',
      'text.png': 'this is text',
    });
    const set = await load(root, { maxDamaged: 3 });
    expect(set.count).toBe(2);
    expect(set.skipped.map(({ file }) => file)).toEqual(['cut.png', 'empty.jpg', 'text.png']);
    expect(set.skipped[1].reason).toBe('the file is empty');
    await expect(load(root, { maxDamaged: 2 })).rejects.toThrow(
      /more unreadable images than the 2 that data.maxDamaged allows: cut.png \(.+\), empty.jpg \(the file is empty\), text.png \(it is not a PNG/,
    );
  });

  test('says what is in a folder without images', async () => {
    await expect(load(temporaryFolder())).rejects.toThrow('is empty: a folder must hold PNG');
    await expect(load(await folderOf({ 'notes.txt': 'x', 'sub/a.csv': 'y' }))).rejects.toThrow(
      'holds 2 other files (notes.txt, sub/a.csv …)',
    );
  });

  test('refuses a single image, in a folder or alone', async () => {
    const root = await folderOf({ 'one.png': png(32, 32, red) });
    await expect(load(root)).rejects.toThrow(
      'has only one readable image: training needs at least two',
    );
    await expect(load(path.join(root, 'one.png'))).rejects.toThrow(
      'is a single image: give the folder that it lies in',
    );
  });

  test('reads files whose names need care', async () => {
    const root = temporaryFolder();
    await mkdir(path.join(root, 'Käse & Brot'));
    await writeFile(path.join(root, 'Käse & Brot', 'a\nb #1 %20.png'), png(32, 32, red));
    await writeFile(path.join(root, 'Käse & Brot', 'ü\u001b[31m.png'), 'broken');
    await writeFile(path.join(root, 'Käse & Brot', '漢字.png'), png(32, 32, blue));
    const set = await load(root, { maxDamaged: 1 });
    expect(set.classes).toEqual(['Käse & Brot']);
    // Escape sequences in a name must not reach a terminal.
    expect(set.skipped[0].file).toBe('Käse & Brot/ü?[31m.png');
  });
});

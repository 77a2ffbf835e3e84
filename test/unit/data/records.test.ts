import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  cifar100Classes,
  cifar10Classes,
  stl10Classes,
} from '../../../src/data/sources/classNames';
import { classNames, fileOf, folderOf, load, tarOf } from './support';

/** One CIFAR record: labels, then planes of red, green and blue by rows. */
function cifarRecord(
  labels: number[],
  level: (plane: number, x: number, y: number) => number,
): Buffer {
  const planes = [0, 1, 2].flatMap((plane) =>
    Array.from({ length: 1024 }, (_, i) => level(plane, i % 32, Math.floor(i / 32))),
  );
  return Buffer.from([...labels, ...planes]);
}

const level = (plane: number, x: number, y: number): number => (plane * 50 + x * 3 + y * 7) % 256;
const cifar10 = Buffer.concat([3, 9, 0].map((label) => cifarRecord([label], level)));

describe('CIFAR binary files', () => {
  test('turn planes into pixels, untouched, with the official class names', async () => {
    const set = await load(await fileOf('data_batch_1.bin', cifar10));
    expect(set.kind).toBe('CIFAR-10 binary');
    expect(classNames(set)).toEqual(['cat', 'truck', 'airplane']);
    for (const [x, y] of [
      [0, 0],
      [31, 0],
      [0, 31],
      [17, 5],
      [31, 31],
    ]) {
      const at = 3072 + (y * 32 + x) * 3;
      expect([...set.images.subarray(at, at + 3)]).toEqual(
        [0, 1, 2].map((plane) => level(plane, x, y)),
      );
    }
  });

  test('may be gzipped, under any name', async () => {
    expect((await load(await fileOf('x', gzipSync(cifar10)))).count).toBe(3);
  });

  test('of CIFAR-100 give the fine label', async () => {
    const records = [
      [0, 99],
      [19, 5],
    ].map((labels) => cifarRecord(labels, level));
    const set = await load(await fileOf('train.bin', Buffer.concat(records)));
    expect(set.kind).toBe('CIFAR-100 binary');
    expect(classNames(set)).toEqual(['worm', 'bed']);
  });

  test('are read from a folder or the official archive, without the test batch', async () => {
    const files = {
      'cifar/batches.meta.txt': 'airplane',
      'cifar/data_batch_1.bin': cifar10,
      'cifar/data_batch_2.bin': cifar10,
      'cifar/test_batch.bin': cifar10,
    };
    for (const source of [
      await folderOf(files),
      await fileOf('cifar.tar.gz', gzipSync(await tarOf(files))),
    ]) {
      const set = await load(source);
      expect([set.count, set.otherSplit]).toEqual([6, 3]);
      expect((await load(source, { split: 'all' })).count).toBe(9);
    }
  });

  test('asked for alone are taken whatever their name', async () => {
    expect((await load(await fileOf('test_batch.bin', cifar10))).count).toBe(3);
  });

  test('with a label out of range are refused', async () => {
    const wrong = Buffer.concat([cifarRecord([1], level), cifarRecord([10], level)]);
    await expect(load(await fileOf('a.bin', wrong))).rejects.toThrow(
      'is not CIFAR-10 binary: record 2 has the label 10, the largest is 9',
    );
  });

  test('of an odd length are refused, plain and gzipped', async () => {
    const cut = cifar10.subarray(0, cifar10.length - 1);
    await expect(load(await fileOf('a.bin', cut))).rejects.toThrow(/no known format \(9218 bytes/);
    await expect(load(await fileOf('a.bin.gz', gzipSync(cut)))).rejects.toThrow(
      /no known format \(9218 bytes/,
    );
    const gz = gzipSync(cifar10);
    await expect(load(await fileOf('a.bin.gz', gz.subarray(0, 60)))).rejects.toThrow(
      'damaged or cut off',
    );
  });
});

describe('STL-10 binary files', () => {
  // Planes by columns: index = x * 96 + y.
  const image = Buffer.from(
    [0, 1, 2].flatMap((plane) =>
      Array.from({ length: 96 * 96 }, (_, i) =>
        plane === 0 ? Math.floor(i / 96) : plane === 1 ? i % 96 : 7,
      ),
    ),
  );

  test('are turned from columns to rows; labels count from 1', async () => {
    const root = await folderOf({
      'train_X.bin': Buffer.concat([image, image]),
      'train_y.bin': Buffer.from([1, 10]),
      'unlabeled_X.bin': image,
      'test_X.bin': image,
    });
    const set = await load(root, { size: 48 });
    expect([set.kind, set.count, set.otherSplit]).toEqual(['STL-10 binary', 3, 1]);
    expect(classNames(set)).toEqual(['airplane', 'truck', '(none)']);
    // Blocks of 2 x 2 are averaged: red is the column 2x + 0.5, green the row 2y + 0.5.
    const at = (10 * 48 + 30) * 3;
    expect(Math.abs(set.images[at] - 60.5)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(set.images[at + 1] - 20.5)).toBeLessThanOrEqual(0.5);
    expect(set.images[at + 2]).toBe(7);
  });

  test('are read from the archive', async () => {
    const tar = await tarOf({
      's/test_X.bin': image,
      's/train_X.bin': Buffer.concat([image, image]),
      's/train_y.bin': Buffer.from([1, 2]),
    });
    const set = await load(await fileOf('stl10_binary.tar.gz', gzipSync(tar)));
    expect([set.count, set.otherSplit, set.labels]).toEqual([2, 1, undefined]);
  });
});

test('the lists of class names are complete and in alphabetical order, as their labels are', () => {
  expect([cifar10Classes.length, cifar100Classes.length, stl10Classes.length]).toEqual([
    10, 100, 10,
  ]);
  for (const list of [cifar10Classes, cifar100Classes, stl10Classes]) {
    expect([...list].sort()).toEqual(list);
  }
});

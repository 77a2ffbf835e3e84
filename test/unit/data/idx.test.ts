import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { classNames, fileOf, firstPixels, folderOf, load } from './support';

function idx(shape: number[], data: number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((length, i) => header.writeUInt32BE(length, 4 + 4 * i));
  return Buffer.concat([header, Buffer.from(data)]);
}

/** Three grey pictures of one level each. */
const images = idx(
  [3, 28, 28],
  [10, 20, 30].flatMap((level) => new Array<number>(784).fill(level)),
);
const labels = idx([3], [9, 0, 10]);

describe('IDX files', () => {
  test('give grey pictures as RGB, enlarged, with the labels beside them', async () => {
    const root = await folderOf({
      'train-images-idx3-ubyte.gz': gzipSync(images),
      'train-labels-idx1-ubyte.gz': gzipSync(labels),
      't10k-images-idx3-ubyte': images,
      't10k-labels-idx1-ubyte': labels,
    });
    const set = await load(root);
    expect([set.kind, set.count, set.otherSplit]).toEqual(['IDX', 3, 3]);
    // Sorted as numbers.
    expect(set.classes).toEqual(['0', '9', '10']);
    expect(classNames(set)).toEqual(['9', '0', '10']);
    expect(firstPixels(set)).toEqual([
      [10, 10, 10],
      [20, 20, 20],
      [30, 30, 30],
    ]);
    // Asked for alone, a test file is what is wanted.
    expect((await load(`${root}/t10k-images-idx3-ubyte`)).count).toBe(3);
  });

  test('need no labels, and no particular name', async () => {
    const set = await load(await fileOf('pictures', images));
    expect([set.count, set.labels]).toEqual([3, undefined]);
  });

  test('are refused with one sentence when they are wrong', async () => {
    const messages: [string, Buffer, string][] = [
      ['cut', images.subarray(0, 2000), 'promises 3 images, it holds 2'],
      ['cut.gz', gzipSync(images).subarray(0, 20), 'damaged or cut off'],
      ['head', images.subarray(0, 10), 'ends within its IDX header'],
      ['labels', labels, 'is an IDX file of labels'],
      [
        'huge',
        idx([2, 70000, 70000], []),
        'has the shape [2, 70000, 70000], which is not one of images',
      ],
      ['none', idx([0, 28, 28], []), 'has the shape [0, 28, 28]'],
      ['many', idx([0xffffffff, 28, 28], [1, 2]), 'promises 4294967295 images, it holds 0'],
    ];
    for (const [name, content, message] of messages) {
      await expect(load(await fileOf(name, content)), name).rejects.toThrow(message);
    }
    const mixed = await folderOf({
      'images-idx3-ubyte': images,
      'labels-idx1-ubyte': idx([2], [0, 1]),
    });
    await expect(load(mixed)).rejects.toThrow('has 2 labels for the 3 images');
  });
});

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../../src/data/openSource';
import { classNames, expectedPixels, fileOf, fixture, load } from './support';

/** The pixels of all images of a source, before any resizing. */
async function rawPixels(source: string): Promise<number[]> {
  const pixels: number[] = [];
  for await (const image of (await openSource(source)).images()) {
    const { width, height, data } = await image.decode();
    expect([height, width]).toEqual([5, 6]);
    pixels.push(...data);
  }
  return pixels;
}

function npy(header: string, data: Uint8Array = new Uint8Array(0)): Buffer {
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 0, 0]);
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header), data]);
}

const header = (descr: string, shape: string): string =>
  `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }\n`;

describe('NumPy arrays', () => {
  test.each(['uint8', 'float-0-1', 'float-1-1', 'float-0-255', 'half', 'int64', 'channels-first'])(
    'of %s give the same pixels',
    async (name) => {
      expect(await rawPixels(fixture(`${name}.npy`))).toEqual(expectedPixels('images'));
    },
  );

  test('of grey levels are repeated in three channels', async () => {
    const red = expectedPixels('images').filter((_, i) => i % 3 === 0);
    expect(await rawPixels(fixture('grey.npy'))).toEqual(
      red.flatMap((level) => [level, level, level]),
    );
  });

  test('may be gzipped', async () => {
    const file = await fileOf('a.npy.gz', gzipSync(await readFile(fixture('uint8.npy'))));
    expect(await rawPixels(file)).toEqual(expectedPixels('images'));
  });

  test.each(['set.npz', 'keras.npz'])('in %s come with labels', async (name) => {
    expect(await rawPixels(fixture(name))).toEqual(expectedPixels('images'));
    const set = await load(fixture(name));
    expect([set.kind, classNames(set)]).toEqual(['NumPy archive', ['2', '0', '1', '2']]);
  });

  test.each([
    ['objects.npy', 'holds Python objects (a pickle), which are never loaded'],
    ['objects.npz', 'holds Python objects (a pickle), which are never loaded'],
    ['fortran.npy', 'is in Fortran order'],
    ['not-finite.npy', 'holds NaN in image 1'],
  ])('in %s are refused', async (name, message) => {
    await expect(load(fixture(name))).rejects.toThrow(message);
  });

  test.each([
    ['negative shape', npy(header("'|u1'", '(-2, 4, 4)')), 'its shape is impossible'],
    ['shape of no images', npy(header("'|u1'", '(5, 784)')), 'has the shape [5, 784]'],
    ['two channels', npy(header("'|u1'", '(5, 8, 8, 2)')), 'has the shape [5, 8, 8, 2]'],
    [
      'more images than bytes',
      npy(header("'|u1'", '(1099511627776, 4, 4)'), Buffer.alloc(40)),
      'it holds 2',
    ],
    [
      'overflowing shape',
      npy(header("'|u1'", '(2, 99999999999999999999, 4)')),
      'its shape is impossible',
    ],
    [
      'structured type',
      npy(header("[('r', '|u1')]", '(2, 4, 4)')),
      'has elements of several values',
    ],
    ['text', npy(header("'<U5'", '(2, 4, 4)')), "has elements of the type '<U5'"],
    ['no header', npy('hello'), 'its header is no dictionary'],
    ['half a header', npy("{'descr': '|u1'}"), 'its header lacks descr, fortran_order or shape'],
    ['cut header', npy(header("'|u1'", '(2, 4, 4)')).subarray(0, 20), 'it ends within its header'],
    [
      'levels above 255',
      npy(header("'<u2'", '(2, 1, 1)'), Buffer.from([0, 1, 0, 1])),
      'values from 256 to 256',
    ],
    ['odd width', npy(header("'<f16'", '(2, 1, 1)')), "has elements of the type '<f16'"],
  ])('with %s are refused', async (_, bytes, message) => {
    await expect(load(await fileOf('a.npy', bytes))).rejects.toThrow(message);
  });

  test('in an archive without a usual name say which names are', async () => {
    const array = await readFile(fixture('uint8.npy'));
    const zip = zipSync({ 'foo.npy': new Uint8Array(array), 'bar.npy': new Uint8Array(array) });
    await expect(load(await fileOf('a.npz', zip))).rejects.toThrow(
      'has the arrays bar, foo, none of which is named as images are: call it one of x, images',
    );
  });
});

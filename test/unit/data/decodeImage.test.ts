import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../../src/data/decode/decodeImage';
import { DamagedImage } from '../../../src/data/imageSource';
import { expectedPixels, fixture, png } from './support';

function largestDifference(a: ArrayLike<number>, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return b.reduce((largest, value, i) => Math.max(largest, Math.abs(value - a[i])), 0);
}

describe('decodeImage', () => {
  test.each(['palette.png', 'grey16.png', 'alpha.png', 'interlaced.png', 'alpha.webp'])(
    'reads %s as Pillow does',
    async (name) => {
      const image = await decodeImage(readFileSync(fixture(name)));
      // Lossless; laying alpha on white may round the other way.
      expect(largestDifference(image.data, expectedPixels(name))).toBeLessThanOrEqual(1);
    },
  );

  test.each([
    // Two decoders round the inverse DCT and the colour matrix differently, by a level each.
    ['baseline.jpg', 3],
    // Here colour has half the resolution, which jpeg-js enlarges by repeating and Pillow linearly:
    // half a pixel of this gradient (17 levels a pixel), times up to 1.77 in the colour matrix.
    ['progressive.jpg', 16],
    ['grey.jpg', 2],
    ['cmyk.jpg', 3],
    ['lossy.webp', 2],
  ])('reads %s as Pillow does, up to its own rounding', async (name, tolerance) => {
    const image = await decodeImage(readFileSync(fixture(name)));
    expect([image.width, image.height]).toEqual([16, 12]);
    expect(largestDifference(image.data, expectedPixels(name))).toBeLessThanOrEqual(tolerance);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('turns Exif orientation %i upright', async (orientation) => {
    const image = await decodeImage(readFileSync(fixture(`orientation-${orientation}.jpg`)));
    expect([image.width, image.height]).toEqual([32, 16]);
    const at = (x: number, y: number): number[] => [
      ...image.data.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3),
    ];
    // Quality 95 keeps flat blocks within a few levels.
    const quarters = [at(8, 4), at(24, 4), at(8, 12), at(24, 12)].map((rgb) =>
      rgb.map((v) => Math.round(v / 255)),
    );
    expect(quarters).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  test('tells the format by content, not by name', async () => {
    await expect(decodeImage(Buffer.from('this is a text file'))).rejects.toThrow(
      'it is not a PNG, JPEG or WebP image',
    );
    await expect(decodeImage(new Uint8Array(0))).rejects.toThrow('the file is empty');
    await expect(
      decodeImage(Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\n')),
    ).rejects.toThrow('git lfs pull');
  });

  test.each([
    'baseline.jpg',
    'progressive.jpg',
    'palette.png',
    'interlaced.png',
    'lossy.webp',
    'alpha.webp',
  ])('reports %s cut off anywhere as damaged, and never fails otherwise', async (name) => {
    const whole = readFileSync(fixture(name));
    let refused = 0;
    for (let length = 0; length < whole.length; length += 7) {
      const cut = await decodeImage(whole.subarray(0, length)).catch((thrown: unknown) => thrown);
      if (!(cut instanceof DamagedImage)) continue;
      expect(cut.message).not.toBe('');
      refused++;
    }
    // The very end of a file may be padding that no decoder needs.
    expect(refused).toBeGreaterThanOrEqual(Math.floor((whole.length / 7) * 0.9));
  });

  test('never fails otherwise than as damaged when bytes are flipped', async () => {
    for (const name of [
      'baseline.jpg',
      'progressive.jpg',
      'grey16.png',
      'interlaced.png',
      'lossy.webp',
    ]) {
      const whole = readFileSync(fixture(name));
      for (let at = 0; at < whole.length; at += 5) {
        const bytes = Uint8Array.from(whole);
        bytes[at] ^= 0xff;
        const result = await decodeImage(bytes).catch((thrown: unknown) => thrown);
        if (result instanceof Error) expect(result).toBeInstanceOf(DamagedImage);
      }
    }
  });

  test('refuses an animated WebP', async () => {
    await expect(decodeImage(readFileSync(fixture('animated.webp')))).rejects.toThrow(DamagedImage);
  });

  test.each([
    ['PNG', pngWithHeader(60_000, 60_000)],
    ['JPEG', jpegWithHeader(65_000, 65_000)],
    ['WebP', webpWithHeader(16_000, 16_000)],
  ])('refuses a huge %s before decoding it', async (_, bytes) => {
    await expect(decodeImage(bytes)).rejects.toThrow('more than 64 megapixels');
  });

  test('refuses a PNG with a second, larger header', async () => {
    const small = pngWithHeader(8, 8);
    const second = pngWithHeader(50_000, 20_000).subarray(8);
    const both = Buffer.concat([small.subarray(0, 33), second]);
    await expect(decodeImage(both)).rejects.toThrow('more than one header');
  });

  test('refuses an image without pixels', async () => {
    await expect(decodeImage(pngWithHeader(0, 5))).rejects.toThrow('no pixels');
  });

  test('refuses an interlaced PNG that unpacks to more than its size', async () => {
    const bomb = pngWithHeader(8, 8, { interlaced: true, data: deflateSync(Buffer.alloc(50e6)) });
    // 8 x 8 pixels of 8 bytes, and 7 passes of 9 rows with room for filter bytes and rounding.
    await expect(decodeImage(bomb)).rejects.toThrow('larger than 1079 bytes');
  });

  test('lays transparency on white', async () => {
    const image = await decodeImage(readFileSync(fixture('alpha.png')));
    // The left column of the fixture is fully transparent.
    expect([...image.data.subarray(0, 3)]).toEqual([255, 255, 255]);
    const opaque = await decodeImage(png(2, 1, [1, 2, 3]));
    expect([...opaque.data]).toEqual([1, 2, 3, 1, 2, 3]);
  });
});

function pngWithHeader(
  width: number,
  height: number,
  { interlaced = false, data = Buffer.alloc(0) }: { interlaced?: boolean; data?: Buffer } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, interlaced ? 1 : 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(kind), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}

function jpegWithHeader(width: number, height: number): Buffer {
  const bytes = readFileSync(fixture('baseline.jpg'));
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

function webpWithHeader(width: number, height: number): Buffer {
  const bytes = readFileSync(fixture('lossy.webp'));
  bytes.writeUInt16LE(width, 26);
  bytes.writeUInt16LE(height, 28);
  return bytes;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RealImages, type SomeRealImages } from '../../../../src/inspection/player/realImages';
import type { TrainConfig } from '../../../../src/shared/config';

const SIZE = 32;
const LENGTH = SIZE * SIZE * 3;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-real-'));
  for (let i = 0; i < 12; i++) {
    const png = new PNG({ width: SIZE, height: SIZE });
    // Each image has a grey of its own.
    png.data.fill(10 * (i + 1));
    for (let k = 3; k < png.data.length; k += 4) png.data[k] = 255;
    writeFileSync(
      path.join(folder, `image-${String(i).padStart(2, '0')}.png`),
      PNG.sync.write(png),
    );
  }
  writeFileSync(path.join(folder, 'image-05-broken.png'), Buffer.from('\x89PNG\r\n\x1a\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function imagesOf(source: string, changes: Partial<TrainConfig['data']> = {}): RealImages {
  return new RealImages({
    source,
    size: SIZE,
    resize: 'area',
    flip: false,
    dequantise: false,
    maxDamaged: 0,
    ...changes,
  });
}

function held(found: SomeRealImages): Float32Array {
  if ('without' in found) throw new Error(found.without);
  return found.images;
}

/** The grey of every image. */
const greys = (images: Float32Array): number[] =>
  Array.from({ length: images.length / LENGTH }, (_, i) =>
    Math.round((images[i * LENGTH] + 1) * 127.5),
  );

describe('some real images', () => {
  it('are different ones of the set, the same for a seed, and others for another', async () => {
    const images = imagesOf(folder);
    const first = greys(held(await images.some(5, 1)));
    expect(new Set(first).size).toBe(5);
    expect(first.every((grey) => grey % 10 === 0 && grey >= 10 && grey <= 120)).toBe(true);
    expect(greys(held(await imagesOf(folder).some(5, 1)))).toEqual(first);
    const sets = await Promise.all([2, 3, 4].map(async (seed) => held(await images.some(5, seed))));
    expect(sets.some((other) => greys(other).join() !== first.join())).toBe(true);
  });

  it('are chosen evenly', async () => {
    const counts = new Map<number, number>();
    const images = imagesOf(folder);
    for (let seed = 0; seed < 300; seed++) {
      for (const grey of greys(held(await images.some(3, seed)))) {
        counts.set(grey, (counts.get(grey) ?? 0) + 1);
      }
    }
    // 75 expected each; four standard deviations of a binomial of 300 and 1/4 are 30.
    expect(counts.size).toBe(12);
    for (const count of counts.values()) expect(Math.abs(count - 75)).toBeLessThan(30);
  });

  it('are all there are where that is fewer, without those that are damaged', async () => {
    const all = greys(held(await imagesOf(folder).some(100, 1)));
    expect(all.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => 10 * i + 10),
    );
  });

  it('are dequantised as in training', async () => {
    const images = held(await imagesOf('emoji-32', { dequantise: true }).some(8, 1));
    expect(images.every((value) => value >= -1 && value < 1)).toBe(true);
    const steps = images.filter((value) => Number.isInteger((value + 1) * 128));
    expect(steps.length / images.length).toBeLessThan(0.1);
  });

  it.each([
    ['is not there', path.join(os.tmpdir(), 'sn-gan-nowhere'), 'cannot be loaded: '],
    ['lies on a machine of whoever wrote the file', '\\\\stranger\\images', 'on another machine'],
    ['lies on such a machine, with other slashes', '//stranger/images', 'on another machine'],
  ])('are missed in one sentence where the source %s', async (_, source, why) => {
    const found = await imagesOf(source).some(4, 1);
    expect(found).toEqual({ without: expect.stringContaining(why) as string });
  });
});

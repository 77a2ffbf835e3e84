import { describe, expect, test } from 'vitest';
import { Batches, type BatchOptions } from '../../../src/data/batches';
import type { ImageSet } from '../../../src/data/imageSet';
import { previewGrid } from '../../../src/data/previewGrid';

/** Images that differ from each other and from left to right. */
function setOf(count: number): ImageSet {
  const images = Uint8Array.from({ length: count * 3072 }, (_, i) => {
    const image = Math.floor(i / 3072);
    const x = Math.floor(i / 3) % 32;
    return i % 3 === 0 ? image % 256 : i % 3 === 1 ? x * 8 : (i * 7) % 256;
  });
  const common = { name: 'test', source: 'test', kind: 'test', classes: [], labels: undefined };
  return { ...common, count, size: 32, images, skipped: [], otherSplit: 0 };
}

function batchesOf(set: ImageSet, options: Partial<BatchOptions> = {}): Batches {
  return new Batches(set, { batchSize: 8, seed: 1, flip: false, dequantise: false, ...options });
}

describe('Batches', () => {
  test.each([
    [10, 4],
    [64, 64],
    [7, 3],
    [5, 16],
    [1000, 64],
  ])('show each of %i images once an epoch in batches of %i', (count, batchSize) => {
    const batches = batchesOf(setOf(count), { batchSize });
    const epochs = Math.max(3, Math.ceil((3 * batchSize) / count));
    const steps = Math.ceil((epochs * count) / batchSize);
    const shown = Array.from({ length: steps }, (_, i) => [...batches.indices(i)]).flat();
    const orders = new Set<string>();
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shown.slice(epoch * count, (epoch + 1) * count);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      orders.add(order.join());
    }
    // Each epoch has an order of its own (5! = 120 orders are few enough to meet twice).
    if (count > 5) expect(orders.size).toBe(epochs);
    expect(batches.epochOf(0)).toBe(0);
    expect(batches.epochOf(Math.ceil(count / batchSize))).toBe(
      Math.floor((Math.ceil(count / batchSize) * batchSize) / count),
    );
  });

  test('are a pure function of their index, whatever was read before', () => {
    const set = setOf(21);
    const options = { batchSize: 8, seed: 7, flip: true, dequantise: true };
    const forwards = batchesOf(set, options);
    const inOrder = Array.from({ length: 12 }, (_, i) => forwards.batch(i));
    const jumping = batchesOf(set, options);
    for (const index of [11, 0, 5, 11, 3, 10, 1]) {
      expect(jumping.batch(index)).toEqual(inOrder[index]);
    }
    expect(batchesOf(set, options).batch(9)).toEqual(inOrder[9]);
    expect(batchesOf(set, { ...options, seed: 8 }).batch(9)).not.toEqual(inOrder[9]);
  });

  test('have an order that does not depend on the batch size', () => {
    const set = setOf(30);
    const order = (batchSize: number): number[] =>
      Array.from({ length: 60 / batchSize }, (_, i) => [
        ...batchesOf(set, { batchSize }).indices(i),
      ]).flat();
    expect(order(4)).toEqual(order(15));
  });

  test('scale levels to [-1, 1] exactly', () => {
    const set = setOf(4);
    const batches = batchesOf(set, { batchSize: 4 });
    const values = batches.batch(0);
    for (const [i, image] of batches.indices(0).entries()) {
      for (let k = 0; k < 3072; k += 17) {
        const level = set.images[image * 3072 + k];
        expect(values[i * 3072 + k]).toBe(Math.fround(level / 127.5 - 1));
      }
    }
  });

  test('dequantised, spread each level evenly over its own interval', () => {
    const set = setOf(64);
    const batches = batchesOf(set, { batchSize: 64, dequantise: true });
    const values = batches.batch(3);
    const order = batches.indices(3);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      const level = set.images[order[Math.floor(i / 3072)] * 3072 + (i % 3072)];
      // Exact: every value is a multiple of 2^-23 in [-1, 1).
      const noise = (values[i] + 1) * 128 - level;
      if (noise < 0 || noise >= 1) throw new Error(`noise ${noise} at ${i}`);
      sum += noise;
      squares += noise * noise;
    }
    const mean = sum / values.length;
    // Standard error of the mean of n = 196608 uniforms: 1 / sqrt(12 n) = 0.00065; five of them.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0033);
    // Variance 1/12; its standard error is sqrt(1/180/n) = 0.00017.
    expect(Math.abs(squares / values.length - mean ** 2 - 1 / 12)).toBeLessThan(0.0009);
    expect(values.every((value) => value >= -1 && value < 1)).toBe(true);
  });

  test('mirror about half of the images, and only from left to right', () => {
    const set = setOf(50);
    const batches = batchesOf(set, { batchSize: 50, flip: true });
    let flipped = 0;
    for (let index = 0; index < 40; index++) {
      const values = batches.batch(index);
      for (const [i, image] of batches.indices(index).entries()) {
        const row = (x: number): number => values[i * 3072 + 5 * 96 + 3 * x + 1];
        const mirrored = row(0) > row(31);
        if (mirrored) flipped++;
        for (const x of [0, 13, 31]) {
          const from = image * 3072 + 5 * 96 + 3 * (mirrored ? 31 - x : x);
          for (let k = 0; k < 3; k++) {
            expect(values[i * 3072 + 5 * 96 + 3 * x + k]).toBe(
              Math.fround(set.images[from + k] / 127.5 - 1),
            );
          }
        }
      }
    }
    // 2000 throws: standard deviation 22; four of them.
    expect(Math.abs(flipped - 1000)).toBeLessThan(90);
  });

  test('mirror the same images with and without noise', () => {
    const set = setOf(20);
    const plain = batchesOf(set, { flip: true }).batch(4);
    const noisy = batchesOf(set, { flip: true, dequantise: true }).batch(4);
    // Both scalings of a level differ by less than 3 / 128.
    expect(plain.every((value, i) => Math.abs(value - noisy[i]) < 3 / 128)).toBe(true);
  });
});

describe('previewGrid', () => {
  test('shows evenly spaced images side by side', () => {
    const grid = previewGrid(setOf(100), 16);
    expect([grid.width, grid.height]).toEqual([128, 128]);
    const image = (row: number, column: number): number =>
      grid.data[(row * 32 * grid.width + column * 32) * 3];
    // Every 100 / 16 = 6.25th image.
    expect([image(0, 0), image(0, 1), image(1, 0), image(3, 3)]).toEqual([0, 6, 25, 93]);
  });

  test('leaves empty cells white', () => {
    const grid = previewGrid(setOf(3), 64);
    expect([grid.width, grid.height]).toEqual([64, 64]);
    expect([...grid.data.subarray((63 * 64 + 63) * 3)]).toEqual([255, 255, 255]);
  });
});

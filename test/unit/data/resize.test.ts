import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../../src/runs/png';
import { fitImage } from '../../../src/data/resize';

function image(width: number, height: number, level: (x: number, y: number) => number): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return level(pixel % width, Math.floor(pixel / width));
  });
  return { width, height, data };
}

/** Grey levels of an RGB result, which must be grey. */
function levels(rgb: Uint8Array): number[] {
  for (let i = 0; i < rgb.length; i += 3) {
    expect(rgb[i + 1]).toBe(rgb[i]);
    expect(rgb[i + 2]).toBe(rgb[i]);
  }
  return Array.from({ length: rgb.length / 3 }, (_, i) => rgb[3 * i]);
}

describe('fitImage', () => {
  test('leaves an image of the right size untouched', async () => {
    const exact = image(32, 32, (x, y) => (x * 37 + y * 101) % 256);
    for (const filter of ['area', 'lanczos'] as const) {
      expect(await fitImage(exact, 32, filter)).toBe(exact.data);
    }
  });

  test('averages a 2 x 2 checkerboard to middle grey', async () => {
    const board = image(64, 64, (x, y) => ((x + y) % 2) * 255);
    const result = levels(await fitImage(board, 32, 'area'));
    // The mean is 127.5, which may be rounded either way.
    expect(result.every((level) => level === 127 || level === 128)).toBe(true);
  });

  test('averages whole blocks when the side is a multiple of the size', async () => {
    const source = image(96, 96, (x, y) => (x * 5 + y * 3 + ((x * y) % 7)) % 256);
    const result = levels(await fitImage(source, 32, 'area'));
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) {
        let sum = 0;
        for (let j = 0; j < 3; j++)
          for (let i = 0; i < 3; i++) {
            sum += source.data[((3 * y + j) * 96 + 3 * x + i) * 3];
          }
        // pica keeps 14 bits of each weight and rounds once between the two passes.
        expect(Math.abs(result[y * 32 + x] - sum / 9)).toBeLessThanOrEqual(1);
      }
    }
  });

  test.each(['area', 'lanczos'] as const)('keeps a linear ramp linear with %s', async (filter) => {
    for (const side of [28, 48, 50]) {
      const ramp = image(side, side, (x) => Math.round((x * 255) / (side - 1)));
      const result = levels(await fitImage(ramp, 32, filter));
      // A symmetric filter maps a ramp to the ramp at the new pixel centres. The outer pixels see
      // the border, so they are left out; the source is rounded (0.5), the result is rounded (0.5),
      // pica rounds between its passes (0.5), and a truncated window shifts the ramp a little.
      for (let x = 4; x < 28; x++) {
        const exact = ((((x + 0.5) * side) / 32 - 0.5) * 255) / (side - 1);
        expect(Math.abs(result[16 * 32 + x] - exact)).toBeLessThan(2.5);
      }
    }
  });

  test('cuts out the centre square of a wide and of a tall image', async () => {
    const wide = image(60, 32, (x) => (x < 14 || x >= 46 ? 255 : 10));
    expect(new Set(await fitImage(wide, 32, 'area'))).toEqual(new Set([10]));
    const tall = image(64, 128, (_, y) => (y < 32 || y >= 96 ? 255 : 10));
    expect(new Set(await fitImage(tall, 32, 'lanczos'))).toEqual(new Set([10]));
  });

  test('enlarges a single pixel to one colour', async () => {
    expect(
      new Set(
        await fitImage(
          image(1, 1, () => 77),
          48,
          'area',
        ),
      ),
    ).toEqual(new Set([77]));
  });
});

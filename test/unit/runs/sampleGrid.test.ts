import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, describe, expect, it } from 'vitest';
import { GUTTER_GREY, type ImageBatch, layOutGrid, writeGrid } from '../../../src/runs/sampleGrid';
import { GUTTER } from '../../../src/shared/gridLayout';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-grid-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Image i is filled with the value i / count, except for a red pixel at its top left corner. */
function batch(count: number, height: number, width: number): ImageBatch {
  const data = new Float32Array(count * height * width * 3);
  const size = height * width * 3;
  for (let i = 0; i < count; i++) {
    data.fill(i / count, i * size, (i + 1) * size);
    data.set([1, -1, -1], i * size);
  }
  return { data, count, height, width };
}

describe('layOutGrid', () => {
  it.each([
    [1, undefined, 1, 1],
    [2, undefined, 2, 1],
    [5, undefined, 3, 2],
    [64, undefined, 8, 8],
    [6, 6, 6, 1],
    [7, 2, 2, 4],
    [3, 5, 5, 1],
  ])('puts %i images with %s columns into %i by %i places', (count, columns, across, down) => {
    const grid = layOutGrid(batch(count, 4, 6), columns);
    expect(grid.width).toBe(across * 6 + (across + 1) * GUTTER);
    expect(grid.height).toBe(down * 4 + (down + 1) * GUTTER);
  });

  it('puts every image where it belongs and leaves the rest grey', () => {
    const images = batch(5, 4, 6);
    const grid = layOutGrid(images);
    const seen = new Uint8Array(grid.data.length).fill(GUTTER_GREY);
    for (let i = 0; i < 5; i++) {
      for (let y = 0; y < 4; y++) {
        for (let x = 0; x < 6; x++) {
          const row = GUTTER + Math.floor(i / 3) * (4 + GUTTER) + y;
          const column = GUTTER + (i % 3) * (6 + GUTTER) + x;
          const grey = Math.round((i / 5) * 127.5 + 127.5);
          seen.set(x + y === 0 ? [255, 0, 0] : [grey, grey, grey], (row * grid.width + column) * 3);
        }
      }
    }
    expect(grid.data).toEqual(seen);
  });

  it('maps -1, 0 and 1 to 0, 128 and 255, and clips beyond', () => {
    const data = Float32Array.of(-1, 0, 1, -7, 7, Infinity);
    const grid = layOutGrid({ data, count: 1, height: 1, width: 2 });
    const start = (GUTTER * grid.width + GUTTER) * 3;
    expect([...grid.data.subarray(start, start + 6)]).toEqual([0, 128, 255, 0, 255, 255]);
  });

  it('gives back 8-bit images exactly', () => {
    // As a generator would have to answer for the byte b: b / 127.5 - 1.
    const data = Float32Array.from({ length: 255 }, (_, b) => b / 127.5 - 1);
    const grid = layOutGrid({ data, count: 1, height: 1, width: 85 });
    const start = (GUTTER * grid.width + GUTTER) * 3;
    expect([...grid.data.subarray(start, start + 255)]).toEqual([...Array(255).keys()]);
  });

  it('names the image that holds NaN', () => {
    const images = batch(3, 2, 2);
    images.data[2 * 12 + 5] = NaN;
    expect(() => layOutGrid(images)).toThrow(/Sample 3 contains NaN/);
  });

  it('refuses data that do not fit and impossible columns', () => {
    expect(() => layOutGrid({ ...batch(2, 2, 2), count: 3 })).toThrow(/no images \[3, 2, 2, 3\]/);
    expect(() => layOutGrid({ ...batch(1, 2, 2), data: new Float32Array(), count: 0 })).toThrow();
    for (const columns of [0, 1.5, -1]) expect(() => layOutGrid(batch(1, 2, 2), columns)).toThrow();
  });
});

describe('writeGrid', () => {
  it('writes an RGB PNG without alpha that shows the grid', async () => {
    const file = path.join(folder, 'step-000100.png');
    const images = batch(5, 4, 6);
    const { png, width, height } = await writeGrid(file, images);
    const bytes = readFileSync(file);
    expect(bytes).toEqual(png);
    // IHDR (PNG, 11.2.2): width, height, bit depth 8, colour type 2.
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([width, height]);
    expect([bytes[24], bytes[25]]).toEqual([8, 2]);
    const grid = layOutGrid(images);
    const rgba = PNG.sync.read(bytes).data;
    const rgb = Buffer.from(rgba.filter((_, i) => i % 4 < 3));
    expect(rgb).toEqual(Buffer.from(grid.data));
    expect(readdirSync(folder)).toEqual(['step-000100.png']);
  });
});

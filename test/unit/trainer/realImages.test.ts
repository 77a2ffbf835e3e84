import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Batches } from '../../../src/data/batches';
import type { ImageSet } from '../../../src/data/imageSet';
import { resolveConfig } from '../../../src/gan/presets';
import { GUTTER_GREY, layOutGrid } from '../../../src/runs/sampleGrid';
import { GUTTER } from '../../../src/shared/gridLayout';
import { runFile } from '../../../src/shared/runFolder';
import { realImages, writeRealImages } from '../../../src/trainer/realImages';

/** Each image is of one grey: its number. */
function setOf(count: number): ImageSet {
  const pixels = 32 * 32 * 3;
  return {
    name: 'greys',
    source: 'greys',
    kind: 'greys',
    count,
    size: 32,
    classes: [],
    images: Uint8Array.from({ length: count * pixels }, (_, i) => Math.floor(i / pixels)),
    labels: undefined,
    skipped: [],
    otherSplit: 0,
  };
}

/** The grey in the middle of each place of a grid. */
function greys(count: number, set: ImageSet, seed = 3): number[] {
  const { data, width } = layOutGrid(realImages(set, count, seed));
  const across = Math.ceil(Math.sqrt(count));
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [i % across, Math.floor(i / across)].map(
      (at) => GUTTER + at * (32 + GUTTER) + 16,
    );
    return data[(y * width + x) * 3];
  });
}

describe('realImages', () => {
  it('are those with which training begins, unchanged', () => {
    const set = setOf(256);
    const batches = new Batches(set, { batchSize: 9, seed: 3, flip: true, dequantise: true });
    expect(greys(9, set)).toEqual([...batches.indices(0)]);
    expect(greys(9, set, 4)).not.toEqual(greys(9, set));
  });

  it('of a small set are each there once, in a grid of the same size', () => {
    const shown = greys(9, setOf(4));
    expect(shown.slice(0, 4).sort()).toEqual([0, 1, 2, 3]);
    expect(shown.slice(4)).toEqual(Array.from({ length: 5 }, () => GUTTER_GREY));
  });
});

describe('writeRealImages', () => {
  let folder: string;
  let said: string[];
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-real-'));
    said = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const config = resolveConfig({ samples: { count: 4 } });
  const note = (line: string): void => void said.push(line);
  const log = { info: note, warn: note, error: note };
  const write = (into: string): Promise<void> => writeRealImages(into, setOf(8), config, log);

  it('makes a picture once and leaves one that is there alone', async () => {
    await write(folder);
    const file = path.join(folder, runFile.realImages);
    expect(PNG.sync.read(readFileSync(file)).width).toBe(2 * 34 + GUTTER);
    writeFileSync(file, 'another');
    await write(folder);
    expect(readFileSync(file, 'utf8')).toBe('another');
    expect(said).toEqual([]);
  });

  it('says in the log where it cannot', async () => {
    await write(path.join(folder, 'gone'));
    expect(said).toEqual([expect.stringMatching(/^No grid of training images was made: Cannot/)]);
  });
});

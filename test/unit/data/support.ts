import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { pack } from 'tar-stream';
import { onTestFinished } from 'vitest';
import { loadImageSet, type LoadOptions } from '../../../src/data/load';
import type { ImageSet } from '../../../src/data/imageSet';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/data');

export function fixture(name: string): string {
  return path.join(fixtures, name);
}

/** Pixels that Pillow or NumPy read from a fixture: [height][width][3], or one more dimension. */
export function expectedPixels(name: string): number[] {
  const all = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as Record<string, unknown>;
  return [all[name]].flat(5) as number[];
}

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Rgb = readonly [number, number, number];

/** A PNG of one colour, or of a colour at each place. */
export function png(
  width: number,
  height: number,
  colour: Rgb | ((x: number, y: number) => Rgb),
): Buffer {
  const image = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const rgb = typeof colour === 'function' ? colour(x, y) : colour;
      image.data.set([...rgb, 255], (y * width + x) * 4);
    }
  }
  return PNG.sync.write(image);
}

export type Files = Record<string, string | Uint8Array>;

/** Writes files below a new temporary folder and returns it. */
export async function folderOf(files: Files): Promise<string> {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return root;
}

/** One file in a new temporary folder. */
export async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  return path.join(await folderOf({ [name]: content }), name);
}

export async function tarOf(files: Files): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files))
    archive.entry({ name }, Buffer.from(content));
  archive.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of archive) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

export function load(source: string, options: Partial<LoadOptions> = {}): Promise<ImageSet> {
  return loadImageSet(source, { size: 32, resize: 'area', maxDamaged: 0, ...options });
}

/** The first pixel of each image. */
export function firstPixels(set: ImageSet): number[][] {
  const bytes = set.size * set.size * 3;
  return Array.from({ length: set.count }, (_, i) => [
    ...set.images.subarray(i * bytes, i * bytes + 3),
  ]);
}

/** The class name of each image. */
export function classNames(set: ImageSet): string[] {
  return Array.from(set.labels ?? [], (label) => set.classes[label]);
}

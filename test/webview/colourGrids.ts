import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { cellCorner, layOutCells } from '../../src/shared/gridLayout';
import { stepStem } from '../../src/shared/stepNames';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

export const GRID_SIZE = 32;
export const GRID_COUNT = 4;

/** The colour of an image of a grid: no two of a test are alike. */
export function colourOf(step: number, cell: number): Rgb {
  return [20 + (step % 200), 20 + (Math.floor(step / 200) % 200), 40 + cell * 50];
}

/** Of every second column of pixels of an image: shows whether pixels are crisp. */
export const STRIPE: Rgb = [255, 255, 255];

/** A grid of {@link GRID_COUNT} striped images in the colours of a step. */
export function colourGrid(step: number, stripes = true): Buffer {
  const layout = layOutCells(GRID_COUNT, GRID_SIZE, GRID_SIZE);
  const png = new PNG({ width: layout.width, height: layout.height });
  png.data.fill(128);
  for (let cell = 0; cell < GRID_COUNT; cell++) {
    const { left, top } = cellCorner(layout, cell);
    for (let y = 0; y < GRID_SIZE; y++) {
      for (let x = 0; x < GRID_SIZE; x++) {
        const colour = stripes && x % 2 === 1 ? STRIPE : colourOf(step, cell);
        png.data.set([...colour, 255], ((top + y) * layout.width + left + x) * 4);
      }
    }
  }
  return PNG.sync.write(png, { colorType: 2 });
}

/** Makes a folder with the grids of these steps and training images in the colours of step 7. */
export async function makeColourRun(steps: readonly number[], stripes = false): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'colour-run-'));
  await mkdir(path.join(folder, 'samples'));
  for (const step of steps) await addGrid(folder, step, stripes);
  await writeFile(path.join(folder, 'real.png'), colourGrid(7, stripes));
  return folder;
}

/** Adds the grid of a step to a run folder, or replaces it. */
export async function addGrid(folder: string, step: number, stripes = false): Promise<void> {
  await writeFile(path.join(folder, gridName(step)), colourGrid(step, stripes));
}

/** Path of a grid in its run folder. */
export function gridName(step: number): string {
  return `samples/${stepStem(step)}.png`;
}

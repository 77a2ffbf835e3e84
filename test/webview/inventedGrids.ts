import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadImageSet } from '../../src/data/load';
import { writeGrid } from '../../src/runs/sampleGrid';
import { stepStem } from '../../src/shared/stepNames';

/**
 * Makes a run folder with sample grids as a training would draw them: noise that turns into the
 * built-in images.
 *
 * @param shift which images a run has learnt to draw
 * @returns the folder, for {@link PageOptions.folders}
 */
export async function inventGrids(steps: readonly number[], shift = 0): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'invented-run-'));
  await mkdir(path.join(folder, 'samples'));
  const set = await loadImageSet('emoji-32', { size: 32, resize: 'area', maxDamaged: 0 });
  const size = 32 * 32 * 3;
  const count = 64;
  const pixelOf = (image: number, i: number): number =>
    set.images[((image * 37 + shift) % set.count) * size + i] / 127.5 - 1;
  const write = async (file: string, share: number): Promise<void> => {
    let state = 1;
    const noise = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 31 - 1;
    };
    const data = new Float32Array(count * size);
    for (let image = 0; image < count; image++) {
      // Not all images become good at once.
      const mine = Math.min(1, share * (0.7 + 0.3 * noise()));
      for (let i = 0; i < size; i++) {
        data[image * size + i] = mine * pixelOf(image, i) + (1 - mine) * (0.5 + 0.4 * noise());
      }
    }
    await writeGrid(path.join(folder, file), { data, count, height: 32, width: 32 });
  };
  for (const step of steps) {
    await write(`samples/${stepStem(step)}.png`, 1 - Math.exp(-step / 900));
  }
  await write('real.png', 1);
  return folder;
}

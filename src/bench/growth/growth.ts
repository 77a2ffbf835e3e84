import type { RuntimeName } from '../../shared/config';
import type { BenchCase } from '../benchCase';
import type { Course } from '../bench';
import type { BenchReport } from '../report';
import { folderSizes, growthOfFolders } from './growthOfFolders';
import { growthOfStep } from './growthOfStep';
import { longRun } from './longRun';

export const growthParts = ['batch', 'width', 'steps', 'folders'] as const;
export type GrowthPart = (typeof growthParts)[number];

export interface GrowthSettings {
  readonly parts: readonly GrowthPart[];
  readonly batches: readonly number[];
  readonly widths: readonly number[];
  /** Of the long training. */
  readonly steps: number;
  /** In the largest folder. */
  readonly images: number;
  /** How long a step of one size is measured, three times. */
  readonly seconds: number;
}

/** What grows is the Table 3 CNN at this size. */
const MIDDLE: BenchCase = {
  network: 'cnn',
  batch: 64,
  width: 1,
  precision: 'f32',
  spectralNorm: true,
};

/** Measures how time and memory grow, into `found` one after the other. */
export async function measureGrowth(
  runtimes: readonly RuntimeName[],
  { parts, batches, widths, steps, images, seconds }: GrowthSettings,
  found: NonNullable<BenchReport['growth']>,
  course: Course,
): Promise<void> {
  for (const runtime of runtimes) {
    if (parts.includes('batch')) {
      const cases = batches.map((batch) => ({ ...MIDDLE, batch }));
      found.batch.push(...(await growthOfStep(runtime, cases, seconds, course)));
    }
    if (parts.includes('width')) {
      const cases = widths.map((width) => ({ ...MIDDLE, width }));
      found.width.push(...(await growthOfStep(runtime, cases, seconds, course)));
    }
    if (parts.includes('steps')) found.steps.push(await longRun(runtime, steps, course));
  }
  if (!parts.includes('folders')) return;
  await growthOfFolders(folderSizes(images), course, (loaded) => found.folders.push(loaded));
}

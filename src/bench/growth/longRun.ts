import { z } from 'zod';
import type { RuntimeName } from '../../shared/config';
import type { ScalarRecord } from '../../shared/runFolder';
import type { Course } from '../bench';
import { configOf } from '../benchCase';
import { median } from '../statistics';
import { trainRun } from '../trainRun';

/** How a long training went: time and memory of its tenths, which should be the same. */
export const longRunSchema = z.object({
  runtime: z.string(),
  steps: z.int(),
  batch: z.int(),
  width: z.number(),
  tenths: z.array(
    z.object({
      /** The last step of this tenth. */
      step: z.int(),
      stepMs: z.number(),
      rssBytes: z.number(),
      /** Arrays of TensorFlow.js at its end. */
      tensors: z.number(),
    }),
  ),
});
export type LongRun = z.infer<typeof longRunSchema>;

/** The quick network, small enough for thousands of steps in minutes. */
const SMALL = { network: 'quick', batch: 16, width: 0.25, precision: 'f32' } as const;
const TENTHS = 10;

/**
 * Trains a small network for many steps with the trainer itself, with logs, grids and checkpoints
 * at the intervals that the preset gives them.
 *
 * @param steps a multiple of 100
 * @throws ProcessEnded when the training fails
 */
export async function longRun(
  runtime: RuntimeName,
  steps: number,
  { tell, signal }: Course,
): Promise<LongRun> {
  tell(`${runtime}: ${steps} steps of a small network …`);
  const config = configOf({ ...SMALL, spectralNorm: true });
  const { records } = await trainRun({ ...config, runtime, steps }, signal);
  const { batch, width } = SMALL;
  return { runtime, steps, batch, width, tenths: tenthsOf(records, steps) };
}

function tenthsOf(records: readonly ScalarRecord[], steps: number): LongRun['tenths'] {
  return Array.from({ length: TENTHS }, (_, i) => {
    const [from, step] = [(i * steps) / TENTHS, ((i + 1) * steps) / TENTHS];
    // Step 1 is logged alone, and is what everything was warmed up in.
    const lines = records.filter((line) => line.step > Math.max(1, from) && line.step <= step);
    const last = lines[lines.length - 1];
    return {
      step,
      stepMs: median(lines.map((line) => line['ms/step'])),
      rssBytes: last['memory/rss'],
      tensors: last['memory/tensors'],
    };
  });
}

import { z } from 'zod';
import type { RuntimeName } from '../shared/config';
import type { ScalarRecord } from '../shared/runFolder';
import { configOf, type BenchCase } from './benchCase';
import { median } from './statistics';
import { trainRun } from './trainRun';

/**
 * What a trainer does beside its steps. Times are in milliseconds; null where a run was too short
 * to tell.
 */
export const trainerTasksSchema = z.object({
  /** From the start of the process to the end of its first step, with what is logged of it. */
  startSeconds: z.number(),
  peakBytes: z.number(),
  steps: z.int(),
  /** A step, with what is logged of it computed, and everything below. */
  stepMs: z.number(),
  /** Waiting for the inputs of a step. */
  dataMs: z.number(),
  /** Writing a line of the log. */
  logMs: z.number(),
  /** A grid of samples, with the exact spectral norms that are logged at grids. */
  gridMs: z.number().nullable(),
  /** For how long a checkpoint keeps the next step waiting: the longest of the run. */
  checkpointMs: z.number().nullable(),
});
export type TrainerTasks = z.infer<typeof trainerTasksSchema>;

/** Lines that come before everything is warm. */
const COLD_LINES = 2;

/**
 * Trains a case on a runtime with the trainer itself, logging every step, with a grid and two
 * checkpoints on the way.
 *
 * @param steps at least 6
 * @throws ProcessEnded when the training fails
 */
export async function measureTasks(
  runtime: RuntimeName,
  benchCase: BenchCase,
  steps: number,
  signal?: AbortSignal,
): Promise<TrainerTasks> {
  const config = configOf(benchCase);
  const checkpointEvery = Math.floor((steps - 1) / 2);
  const { records, startSeconds, peakBytes } = await trainRun(
    {
      ...config,
      runtime,
      steps,
      log: { every: 1 },
      // None falls on the last step, behind which there is no line that tells of it. The grid comes
      // in front of the second checkpoint: by then nothing of the first is left to do.
      samples: { ...config.samples, every: 2 * checkpointEvery - 1 },
      checkpoints: { ...config.checkpoints, every: checkpointEvery },
    },
    signal,
  );
  const warm = records.slice(COLD_LINES);
  return {
    startSeconds,
    peakBytes,
    steps,
    stepMs: median(valuesOf(warm, 'ms/step')),
    dataMs: median(valuesOf(warm, 'ms/data')),
    logMs: median(valuesOf(warm, 'ms/log')),
    gridMs: sumOf(greatest(warm, 'ms/sample'), greatest(warm, 'ms/exact')),
    checkpointMs: greatest(warm, 'ms/checkpoint'),
  };
}

/**
 * The share of a training's time that goes into logging every step and drawing a grid every hundred
 * steps.
 */
export function shareOfLogging({ stepMs, logMs, gridMs }: TrainerTasks): number {
  const spent = logMs + (gridMs ?? 0) / 100;
  return spent / (stepMs + (gridMs ?? 0) / 100);
}

function valuesOf(records: readonly ScalarRecord[], tag: string): number[] {
  return records.flatMap((record) => (tag in record ? [record[tag]] : []));
}

function greatest(records: readonly ScalarRecord[], tag: string): number | null {
  const values = valuesOf(records, tag);
  return values.length === 0 ? null : Math.max(...values);
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}

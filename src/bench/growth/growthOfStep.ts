import { z } from 'zod';
import type { RuntimeName } from '../../shared/config';
import { summarise } from '../alternate';
import type { Course } from '../bench';
import { titleOf, type BenchCase } from '../benchCase';
import { ProcessEnded } from '../lineProcess';
import { startRuntime } from '../startRuntime';

/** A step of one size among others. */
export const grownStepSchema = z.object({
  runtime: z.string(),
  batch: z.int(),
  width: z.number(),
  medianSeconds: z.number(),
  minSeconds: z.number(),
  imagesPerSecond: z.number(),
  gflops: z.number(),
  peakBytes: z.number().nullable(),
});
export type GrownStep = z.infer<typeof grownStepSchema>;

/** Rounds of a case; nothing alternates here, so there need not be many. */
const ROUNDS = 3;

/**
 * Times the steps of cases, one after the other; ends at the first that does not fit this machine.
 *
 * @param seconds how long each of three rounds lasts; at least one step
 */
export async function growthOfStep(
  runtime: RuntimeName,
  cases: readonly BenchCase[],
  seconds: number,
  { tell, signal }: Course,
): Promise<GrownStep[]> {
  const grown: GrownStep[] = [];
  for (const benchCase of cases) {
    tell(`${runtime}: ${titleOf(benchCase)} …`);
    try {
      grown.push(await timed(runtime, benchCase, seconds, signal));
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!(thrown instanceof ProcessEnded)) throw thrown;
      tell(`${runtime}: ${titleOf(benchCase)} does not work: ${thrown.message}`);
      break;
    }
  }
  return grown;
}

async function timed(
  runtime: RuntimeName,
  benchCase: BenchCase,
  seconds: number,
  signal: AbortSignal | undefined,
): Promise<GrownStep> {
  const participant = await startRuntime(runtime, benchCase, signal);
  try {
    const steps = Math.max(1, Math.round(seconds / participant.warmSeconds));
    const rounds = [];
    while (rounds.length < ROUNDS) rounds.push(await participant.round(steps));
    const { median, min } = summarise(rounds);
    const { batch, width } = benchCase;
    return {
      runtime,
      batch,
      width,
      medianSeconds: median,
      minSeconds: min,
      imagesPerSecond: batch / median,
      gflops: Number(participant.facts.operations) / median / 1e9,
      peakBytes: participant.peakBytes,
    };
  } finally {
    await participant.close();
  }
}

import { z } from 'zod';
import type { RuntimeName } from '../shared/config';
import type { Pace } from './alternate';
import type { Course } from './bench';
import { titleOf, type BenchCase } from './benchCase';
import type { Participant } from './participant';
import { startRuntime } from './startRuntime';
import { median } from './statistics';

/** What of a step is not the bare GAN; seconds. */
export const extrasSchema = z.object({
  /** A step as it is trained, without anything logged. */
  stepSeconds: z.number(),
  /** The same step of a discriminator without spectral normalisation. */
  withoutSpectralNormSeconds: z.number(),
  /** A step of which everything is computed that is logged of it. */
  loggedStepSeconds: z.number(),
});
export type Extras = z.infer<typeof extrasSchema>;

/**
 * Measures steps with and without spectral normalisation, and with what is logged, in turns. A
 * difference of whole steps tells what a part costs where it stands, which the time of its
 * operations alone does not: a graph is made better as a whole, and a card does many things at once.
 *
 * @throws ProcessEnded when the runtime fails
 */
export async function measureExtras(
  runtime: RuntimeName,
  benchCase: BenchCase,
  { rounds, seconds }: Pace,
  { tell, signal }: Course,
): Promise<Extras> {
  tell(`${titleOf(benchCase)}: ${runtime} with and without spectral normalisation …`);
  const started: Participant[] = [];
  try {
    for (const spectralNorm of [true, false]) {
      started.push(await startRuntime(runtime, { ...benchCase, spectralNorm }, signal));
    }
    const [normalised, bare] = started;
    const steps = Math.max(1, Math.round(seconds / normalised.warmSeconds));
    const times: Record<'plain' | 'bare' | 'logged', number[]> = {
      plain: [],
      bare: [],
      logged: [],
    };
    for (let round = 0; round < rounds; round++) {
      times.plain.push((await normalised.round(steps)).medianSeconds);
      times.bare.push((await bare.round(steps)).medianSeconds);
      times.logged.push((await normalised.round(steps, true)).medianSeconds);
    }
    return {
      stepSeconds: median(times.plain),
      withoutSpectralNormSeconds: median(times.bare),
      loggedStepSeconds: median(times.logged),
    };
  } finally {
    await Promise.all(started.map((participant) => participant.close()));
  }
}

/** The share of a step's time that goes into spectral normalisation. */
export function shareOfSpectralNorm(extras: Extras): number {
  return 1 - extras.withoutSpectralNormSeconds / extras.stepSeconds;
}

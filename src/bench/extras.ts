import { z } from 'zod';
import type { RuntimeName } from '../shared/config';
import { roundAfterPause, summarise, type Pace } from './alternate';
import type { Course } from './bench';
import { titleOf, type BenchCase } from './benchCase';
import type { Participant, Round } from './participant';
import { startRuntime } from './startRuntime';

/** The median of all rounds' medians, and the shortest step: on a busy machine only that is quiet. */
const timesSchema = z.object({ median: z.number(), min: z.number() });

/** What of a step is not the bare GAN; seconds. */
export const extrasSchema = z.object({
  /** A step as it is trained, without anything logged. */
  step: timesSchema,
  /** The same step of a discriminator without spectral normalisation. */
  withoutSpectralNorm: timesSchema,
  /** A step of which everything is computed that is logged of it. */
  logged: timesSchema,
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
    // What is logged may be compiled for itself, when it is first asked for.
    await normalised.round(1, true);
    const steps = Math.max(1, Math.round(seconds / normalised.warmSeconds));
    const times: Record<keyof Extras, Round[]> = { step: [], withoutSpectralNorm: [], logged: [] };
    for (let round = 0; round < rounds; round++) {
      times.step.push(await roundAfterPause(normalised, steps));
      times.withoutSpectralNorm.push(await roundAfterPause(bare, steps));
      times.logged.push(await roundAfterPause(normalised, steps, true));
    }
    return {
      step: summarise(times.step),
      withoutSpectralNorm: summarise(times.withoutSpectralNorm),
      logged: summarise(times.logged),
    };
  } finally {
    await Promise.all(started.map((participant) => participant.close()));
  }
}

/** The share of a step's time that goes into spectral normalisation: by medians, and by minima. */
export function sharesOfSpectralNorm({ step, withoutSpectralNorm }: Extras): [number, number] {
  return [1 - withoutSpectralNorm.median / step.median, 1 - withoutSpectralNorm.min / step.min];
}

/** What computing the logged values adds to a step, as a share of it: by medians, and by minima. */
export function sharesOfLoggedValues({ step, logged }: Extras): [number, number] {
  return [logged.median / step.median - 1, logged.min / step.min - 1];
}

import { z } from 'zod';
import { median } from './statistics';

/** Some steps in a row. */
export const roundSchema = z.object({
  steps: z.int(),
  medianSeconds: z.number(),
  minSeconds: z.number(),
});
export type Round = z.infer<typeof roundSchema>;

/** What compiling a step took; null stands where that is not done. */
export const compilingSchema = z.object({
  seconds: z.number(),
  /** Of the file that the graph is handed over in. */
  bytes: z.number(),
});

/** What is known of a participant when it has warmed up. */
export const participantFactsSchema = z.object({
  /** Runtime, or file name of the peer's script. */
  name: z.string(),
  kind: z.enum(['runtime', 'peer']),
  version: z.string(),
  device: z.string(),
  /**
   * How a step is made: as one native call (`compiled`), as one for every operation (`eager`), or
   * as the peer calls it.
   */
  form: z.string(),
  /** From the start of its process to the end of the first step; null: not known. */
  startSeconds: z.number().nullable(),
  compiling: compilingSchema.nullable(),
  /** Calls a step into native code; null: not known. */
  nativeCalls: z.number().nullable(),
  /** Floating point operations of a step; null: not known. */
  operations: z.number().nullable(),
});
export type ParticipantFacts = z.infer<typeof participantFactsSchema>;

/** A process that makes steps when it is asked, warm, and is idle otherwise. */
export interface Participant {
  readonly facts: ParticipantFacts;
  /** Duration of a step as the warm-up tells it: a first guess. */
  readonly warmSeconds: number;
  /** The most memory that its process held so far; null: not known. */
  readonly peakBytes: number | null;
  /**
   * Makes some steps.
   *
   * @param measure whether a step also computes what is logged; a runtime's only
   * @throws ProcessEnded
   */
  round(steps: number, measure?: boolean): Promise<Round>;
  close(): Promise<void>;
}

/** What is kept of the durations of some steps in a row. */
export function roundOf(seconds: readonly number[]): Round {
  return {
    steps: seconds.length,
    medianSeconds: median(seconds),
    minSeconds: Math.min(...seconds),
  };
}

import { z } from 'zod';
import { runtimeNames, type RuntimeName } from '../shared/config';
import { benchCaseSchema } from './benchCase';
import { compilingSchema } from './participant';

/** What `bench.cjs step` is given. */
export const stepJobSchema = z.object({
  runtime: z
    .enum(runtimeNames)
    .refine((value): value is RuntimeName => value !== 'auto', 'not a runtime that computes'),
  case: benchCaseSchema,
});
export type StepJob = z.infer<typeof stepJobSchema>;

/** Its first answer, when it has warmed up. */
export const readySchema = z.object({
  ready: z.literal(true),
  version: z.string(),
  device: z.string(),
  form: z.enum(['compiled', 'eager']),
  /** From the start of the process to the end of the first step. */
  startSeconds: z.number(),
  compiling: compilingSchema.nullable(),
  warmSeconds: z.number(),
  nativeCalls: z.int(),
  operations: z.number(),
});
export type Ready = z.infer<typeof readySchema>;

/** What it is asked then. */
export const questionSchema = z.object({
  steps: z.int().min(1),
  measure: z.boolean().default(false),
});

/** And answers. */
export const answerSchema = z.object({
  /** Of each step: from inputs in memory to losses in memory. */
  seconds: z.array(z.number()).min(1),
  peakBytes: z.number(),
});
export type Answer = z.infer<typeof answerSchema>;

import { z } from 'zod';
import { runtimeNames, type RuntimeName } from '../../shared/config';

const name = z
  .enum(runtimeNames)
  .refine((value): value is RuntimeName => value !== 'auto', 'not a runtime that computes');

const usable = z.object({
  usable: z.literal(true),
  name,
  version: z.string(),
  device: z.string(),
  deviceKind: z.enum(['cpu', 'gpu', 'software']),
  memoryBytes: z.number().nullable(),
  /** 10^9 floating point operations a second; null where it was not worth the wait. */
  gflops: z.number().nullable(),
  /** What the library said about a graphics card that it does not use; null if nothing. */
  remark: z.string().nullable().default(null),
});

const unusable = z.object({
  usable: z.literal(false),
  name,
  /** Why, as a clause that can follow "wasm: ". */
  reason: z.string(),
});

/** What became of trying a runtime: how it computes, or why it cannot. */
export const probeResultSchema = z.discriminatedUnion('usable', [usable, unusable]);
export type ProbeResult = z.infer<typeof probeResultSchema>;
export type UsableRuntime = z.infer<typeof usable>;

import { z } from 'zod';
import { grownStepSchema } from './growth/growthOfStep';
import { loadedFolderSchema } from './growth/loadFolder';
import { longRunSchema } from './growth/longRun';
import { extrasSchema } from './extras';
import { machineSchema } from './machine';
import { absenceSchema, comparisonSchema } from './speed';
import { trainerTasksSchema } from './tasks';

/** What a runtime takes beside its bare steps, for one case. */
const overheadSchema = z.object({
  runtime: z.string(),
  title: z.string(),
  extras: extrasSchema.nullable(),
  tasks: trainerTasksSchema.nullable(),
  /** Why something is null; null otherwise. */
  remark: z.string().nullable(),
});
export type Overhead = z.infer<typeof overheadSchema>;

/** What `sn-gan bench --json` prints. */
export const benchReportSchema = z.object({
  format: z.literal(1),
  /** ISO 8601. */
  begun: z.string(),
  seconds: z.number(),
  /** False when it was interrupted; what there is was measured. */
  complete: z.boolean(),
  /** Version of sn-gan. */
  version: z.string(),
  machine: machineSchema,
  settings: z.object({
    rounds: z.int(),
    /** Of a participant in each round. */
    seconds: z.number(),
    peers: z.array(z.string()),
    /** Updates of D in a step; all have as many. */
    nDis: z.literal(1),
  }),
  /** Runtimes that do not work here. */
  absent: z.array(absenceSchema),
  comparisons: z.array(comparisonSchema),
  overheads: z.array(overheadSchema),
  growth: z
    .object({
      batch: z.array(grownStepSchema),
      width: z.array(grownStepSchema),
      steps: z.array(longRunSchema),
      folders: z.array(loadedFolderSchema),
    })
    .nullable(),
});
export type BenchReport = z.infer<typeof benchReportSchema>;

import { z } from 'zod';
import { probeResultSchema } from '../../runtime/probe/probeResult';
import { runtimeNames } from '../../shared/config';

/** The part of what `sn-gan doctor --json` prints that is shown here. */
const diagnosisSchema = z.object({
  node: z.object({ version: z.string(), path: z.string() }),
  runtimes: z.array(probeResultSchema),
  automatic: z.object({ name: z.enum(runtimeNames), reason: z.string() }).nullable(),
  advice: z.array(z.string()),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** @throws Error where that is not what `sn-gan doctor --json` prints */
export function parseDiagnosis(printed: string): Diagnosis {
  return diagnosisSchema.parse(JSON.parse(printed));
}

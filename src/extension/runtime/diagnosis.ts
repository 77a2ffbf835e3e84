import { z } from 'zod';
import { probeResultSchema, type ProbeResult } from '../../runtime/probe/probeResult';
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

/** Whether installing a TensorFlow could make training faster here. */
export function mayInstall({ runtimes, advice }: Diagnosis): boolean {
  const tensorflow = runtimes.find(({ name }) => name === 'tensorflow');
  return !tensorflow?.usable || advice.some((line) => line.includes('--gpu'));
}

/** `88 GFLOPS`, with as many digits as a short measurement can give; undefined where not timed. */
export function speedOf(result: ProbeResult): string | undefined {
  if (!result.usable || result.gflops === null) return undefined;
  const digits = Number(result.gflops.toPrecision(result.gflops < 100 ? 2 : 3));
  return `${digits} GFLOPS`;
}

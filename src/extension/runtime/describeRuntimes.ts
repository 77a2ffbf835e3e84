import type { ProbeResult } from '../../runtime/probe/probeResult';
import type { Diagnosis } from './diagnosis';

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

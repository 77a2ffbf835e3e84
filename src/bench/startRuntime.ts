import type { RuntimeName } from '../shared/config';
import type { BenchCase } from './benchCase';
import { benchProgram } from './benchProgram';
import { LineProcess } from './lineProcess';
import { roundOf, type Participant } from './participant';
import { answerSchema, readySchema } from './stepProtocol';

/**
 * Starts a runtime in a process of its own, because a process can load only one, and waits until
 * it has warmed up.
 *
 * @throws ProcessEnded with the reason when it cannot do this case
 */
export async function startRuntime(
  runtime: RuntimeName,
  benchCase: BenchCase,
  signal?: AbortSignal,
): Promise<Participant> {
  const child = new LineProcess(benchProgram('step', { runtime, case: benchCase }, signal));
  const { warmSeconds, ready: _, ...facts } = await child.first(readySchema);
  let peakBytes: number | null = null;
  return {
    facts: { name: runtime, kind: 'runtime', ...facts },
    warmSeconds,
    get peakBytes() {
      return peakBytes;
    },
    round: async (steps, measure = false) => {
      const answer = await child.ask({ steps, measure }, answerSchema);
      peakBytes = answer.peakBytes;
      return roundOf(answer.seconds);
    },
    close: () => child.close(),
  };
}

import { createInterface } from 'node:readline';
import { loadRuntime } from '../runtime/load';
import { configOf } from './benchCase';
import { countNativeCalls } from './nativeCalls';
import { peakBytes } from './processMemory';
import { createProductStep } from './productStep';
import { questionSchema, type Answer, type Ready, type StepJob } from './stepProtocol';

/** Beyond this the first step is warm-up enough: nothing is hidden by what it did once. */
const LONG_STEP_SECONDS = 10;

/**
 * Makes steps of a case on a runtime: warms up, says so, and then answers each line of standard
 * input with the duration of some steps.
 *
 * @throws UserError when the runtime does not work here or cannot do this
 */
export async function serveSteps(
  { runtime, case: benchCase }: StepJob,
  answer: (answer: Ready | Answer) => void,
): Promise<void> {
  const info = await loadRuntime(runtime);
  const { run, ...product } = await createProductStep(configOf(benchCase), runtime);
  const first = await run(false);
  // Counted from when the system started this process, not from when its first line ran.
  const startSeconds = performance.now() / 1000;
  // A kernel may be chosen, or a graph made better, in the first steps.
  if (first.seconds.update < LONG_STEP_SECONDS) await run(false);
  const warm = { seconds: 0 };
  const nativeCalls = await countNativeCalls(async () => {
    warm.seconds = (await run(false)).seconds.update;
  });
  const { version, device } = info;
  answer({
    ready: true,
    version,
    device,
    ...product,
    startSeconds,
    warmSeconds: warm.seconds,
    nativeCalls,
  });

  for await (const line of createInterface(process.stdin)) {
    const { steps, measure } = questionSchema.parse(JSON.parse(line));
    const seconds: number[] = [];
    while (seconds.length < steps) seconds.push((await run(measure)).seconds.update);
    answer({ seconds, peakBytes: peakBytes() });
  }
}

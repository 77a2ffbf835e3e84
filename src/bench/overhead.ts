import type { RuntimeName } from '../shared/config';
import type { Pace } from './alternate';
import type { Course } from './bench';
import { titleOf, type BenchCase } from './benchCase';
import { measureExtras } from './extras';
import { ProcessEnded } from './lineProcess';
import type { Overhead } from './report';
import type { ParticipantResult } from './speed';
import { measureTasks } from './tasks';

/** Beyond this a whole training is not waited for. */
const LONGEST_STEP_SECONDS = 15;
/**
 * Enough for medians where a step is short, and for one grid and two checkpoints where it is not.
 * A checkpoint takes up to five steps, and whatever comes sooner waits for it.
 */
const STEPS = 24;
const FEW_STEPS = 15;
const SHORT_STEP_SECONDS = 2;

/** Measures what a runtime takes for a case beside its bare steps. */
export async function measureOverhead(
  { name, medianSeconds }: Pick<ParticipantResult, 'name' | 'medianSeconds'>,
  benchCase: BenchCase,
  pace: Pace,
  course: Course,
): Promise<Overhead> {
  const runtime = name as RuntimeName;
  const title = titleOf(benchCase);
  const none = { runtime, title, extras: null, tasks: null };
  if (medianSeconds > LONGEST_STEP_SECONDS) {
    return { ...none, remark: `a step takes ${medianSeconds.toFixed(0)} s, too long for more` };
  }
  try {
    const extras = await measureExtras(runtime, benchCase, pace, course);
    course.tell(`${title}: a training with ${runtime} …`);
    const steps = medianSeconds < SHORT_STEP_SECONDS ? STEPS : FEW_STEPS;
    const tasks = await measureTasks(runtime, benchCase, steps, course.signal);
    return { runtime, title, extras, tasks, remark: null };
  } catch (thrown) {
    course.signal?.throwIfAborted();
    if (!(thrown instanceof ProcessEnded)) throw thrown;
    return { ...none, remark: thrown.message };
  }
}

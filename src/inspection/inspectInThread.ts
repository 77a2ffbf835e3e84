import type { Transferable } from 'node:worker_threads';
import type { WeightAnswer } from '../shared/inspectionQuestions';
import { UserError } from '../shared/userError';
import { openWeights } from '../weights/openWeights';
import { inspectFile } from './inspectFile';
import type { FromInspector, InspectorJob } from './protocol';
import { answerQuestion } from './questions/answerQuestion';

/** Where a thread says what it finds. */
export interface InspectorPort {
  postMessage(message: FromInspector, transfer?: readonly Transferable[]): void;
}

/**
 * Does one job and says what comes of it. Whatever goes wrong, it ends with a sentence: a file that
 * nobody has seen before must not take a window down.
 */
export async function inspectInThread(port: InspectorPort, job: InspectorJob): Promise<void> {
  const say = (message: FromInspector): void => port.postMessage(message);
  try {
    const weights = await openWeights(job.file);
    try {
      if (job.type === 'answer') {
        await answerQuestion(weights, job.question, job.corrections, (answer, last) => {
          port.postMessage({ type: 'answer', answer, last }, buffersOf(answer));
        });
        return;
      }
      await inspectFile(weights, job, {
        listing: (listing) => say({ type: 'listing', listing }),
        // Copied and not transferred: the numbers go on being needed here.
        numbers: (layer, numbers) => say({ type: 'numbers', layer, numbers }),
        verdict: (verdict) => say({ type: 'verdict', verdict }),
        state: (state) => say({ type: 'state', state }),
      });
    } finally {
      await weights.close();
    }
  } catch (thrown) {
    say({ type: 'refused', why: sentenceOf(thrown, job.file) });
  }
}

/** Whatever was thrown, as a sentence for a person. */
function sentenceOf(thrown: unknown, file: string): string {
  if (thrown instanceof UserError) return thrown.message;
  if (thrown instanceof RangeError) {
    return `${file} needs more memory than there is (${thrown.message}).`;
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return `${file} could not be inspected because of a defect of SN-GAN: ${message}`;
}

/** The arrays of an answer, which nobody here needs any more. */
function buffersOf(answer: WeightAnswer): ArrayBuffer[] {
  const arrays = Object.values(answer).flatMap((value: unknown) =>
    ArrayBuffer.isView(value)
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).filter((each) => ArrayBuffer.isView(each))
        : [],
  );
  const buffers = arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  return [...new Set(buffers)];
}

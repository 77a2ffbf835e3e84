import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromInspector, InspectorJob } from '../../inspection/protocol';
import { bundleFolder } from '../../runtime/bundleFolder';
import { UserError } from '../../shared/userError';
import {
  GatheredInspection,
  layersToBeginWith,
  type OnProgress,
  type Wanted,
} from './gatheredInspection';
import type { InspectedFile } from './inspectedFile';

/**
 * Inspects a file in a thread of its own, so that progress is drawn and Ctrl-C is heard.
 *
 * @throws UserError with the thread's sentence where the file cannot be read
 */
export async function runInspection(
  job: Omit<Extract<InspectorJob, { type: 'inspect' }>, 'type' | 'first' | 'known'>,
  wanted: Wanted,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<InspectedFile> {
  const gathered = new GatheredInspection(wanted, onProgress);
  const first = layersToBeginWith(wanted);
  const task: InspectorJob = { ...job, type: 'inspect', first, known: {} };
  const worker = new Worker(path.join(bundleFolder, 'inspector.cjs'), { workerData: task });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromInspector) => {
        if (gathered.take(message)) resolve();
      });
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
  const { listing, refused, numbers, verdicts } = gathered;
  if (refused !== undefined) throw new UserError(refused);
  if (!listing) throw new UserError(`${job.file} was not read to its end; try again.`);
  return { listing, numbers, verdicts };
}

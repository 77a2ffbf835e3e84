import { Worker } from 'node:worker_threads';
import type { Exported, ExportRequest, ExportWatch } from '../../runs/export/exportRequest';
import { UserError } from '../../shared/userError';
import type { FromExporter, ThreadTask, ToExporter } from './protocol';

/**
 * Carries an export out in a thread of its own, so that curves go on moving meanwhile.
 *
 * @param script path of the thread's bundle
 * @throws UserError where the run has nothing of the kind, or the file system refuses
 * @throws the reason of the watch's signal, when it is aborted and everything is cleared away
 */
export function exportInThread(
  script: string,
  request: ExportRequest,
  { signal, progress }: ExportWatch,
): Promise<Exported> {
  signal.throwIfAborted();
  const task: ThreadTask = { type: 'export', request };
  const worker = new Worker(script, { name: 'SN-GAN export', execArgv: [], workerData: task });
  const cancel = (): void => worker.postMessage({ type: 'cancel' } satisfies ToExporter);
  signal.addEventListener('abort', cancel);
  const done = new Promise<Exported>((resolve, reject) => {
    worker.on('message', (message: FromExporter) => {
      switch (message.type) {
        case 'progress':
          progress(message.share);
          return;
        case 'exported':
          resolve({ leftOut: message.leftOut });
          return;
        case 'cancelled':
          reject(signal.reason as Error);
          return;
        case 'refused':
          reject(new UserError(message.why));
          return;
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread ended before the export was done.')));
  });
  return done.finally(() => signal.removeEventListener('abort', cancel));
}

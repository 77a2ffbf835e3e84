import type { MessagePort } from 'node:worker_threads';
import { exportRun } from '../../runs/export/exportRun';
import type { ExportRequest } from '../../runs/export/exportRequest';
import { UserError } from '../../shared/userError';
import type { FromExporter, ToExporter } from './protocol';

/** Progress is told this often, in steps of the share that is done. */
const STEP = 0.01;

/**
 * Carries one export out for the other end of a port.
 *
 * @throws what is a defect of ours, which ends the thread
 */
export async function exportOnce(port: MessagePort, request: ExportRequest): Promise<void> {
  const controller = new AbortController();
  const say = (message: FromExporter): void => port.postMessage(message);
  // The only thing that is ever heard is that nobody waits any more.
  port.on('message', (message: ToExporter) => controller.abort(message));
  let told = 0;
  const progress = (share: number): void => {
    if (share < told + STEP) return;
    told = share;
    say({ type: 'progress', share });
  };
  try {
    say({
      type: 'exported',
      ...(await exportRun(request, { signal: controller.signal, progress })),
    });
  } catch (thrown) {
    if (controller.signal.aborted) say({ type: 'cancelled' });
    else if (thrown instanceof UserError) say({ type: 'refused', why: thrown.message });
    else throw thrown;
  } finally {
    port.close();
  }
}

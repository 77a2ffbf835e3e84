/** The thread that looks at configs and images, so that the extension host need not. */
import { parentPort } from 'node:worker_threads';
import { answer } from './answer';
import type { Call } from './protocol';

parentPort?.on('message', (call: Call) => {
  void answer(call).then((sent) => parentPort?.postMessage(sent));
});

import { parentPort, workerData } from 'node:worker_threads';
import { exportOnce } from './exportOnce';
import type { ThreadTask } from './protocol';
import { readRuns } from './readRuns';

/** The thread that reads run folders; what it hears and says is in `protocol.ts`. */
if (parentPort === null) throw new Error('This is a worker thread and no program.');
const task = workerData as ThreadTask;
if (task.type === 'read') readRuns(parentPort);
else void exportOnce(parentPort, task.request);

import { parentPort, workerData } from 'node:worker_threads';
import { inspectInThread } from './inspectInThread';
import type { InspectorJob } from './protocol';

/** The thread that looks into one weight file: see {@link InspectorJob}. */
if (parentPort === null) throw new Error('This is a worker thread and no program.');
void inspectInThread(parentPort, workerData as InspectorJob);

import { workerData } from 'node:worker_threads';
import { LEASE_INTERVAL_MS, touchLease } from '../runs/lease';

/**
 * Touches the lease of a run folder every second. A thread of its own, because a step on a slow
 * runtime keeps the main thread busy for longer than a lease is good for.
 */
const folder = String(workerData);
touchLease(folder);
setInterval(() => touchLease(folder), LEASE_INTERVAL_MS);

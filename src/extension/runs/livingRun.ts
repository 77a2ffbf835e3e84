import type { RunStatus } from '../../shared/runFolder';

/** Whether a trainer of the run lives, here or on another machine. */
export function isLiving(status: RunStatus): boolean {
  return status === 'running' || status === 'paused' || status === 'elsewhere';
}

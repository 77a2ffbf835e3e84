import { pidExists } from '../runs/processIdentity';

/** How often to look whether the owner lives. */
const INTERVAL_MS = 1000;

/**
 * Calls `onGone` once when the process that started this one for itself has ended. Its connection
 * to the control socket says so sooner, but there is none yet while training is being prepared.
 */
export function watchOwner(owner: number, onGone: () => void): void {
  const timer = setInterval(() => {
    if (isParent(owner)) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}

/** Elsewhere than on Windows an orphan gets another parent; there it keeps the dead one's id. */
function isParent(owner: number): boolean {
  return process.ppid === owner && pidExists(owner);
}

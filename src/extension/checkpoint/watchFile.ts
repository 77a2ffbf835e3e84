import { unwatchFile, watchFile as watchStats, type Stats } from 'node:fs';
import type { Subscription } from '../emitter';

const INTERVAL_MS = 1000;

/**
 * Says when a file has been written anew, has gone, or has come. It looks once a second instead of
 * asking the system to tell: that also works on network disks, and for a file that is replaced.
 *
 * @param intervalMs how often it looks
 */
export function watchFile(
  file: string,
  changed: (now: 'there' | 'gone') => void,
  intervalMs = INTERVAL_MS,
): Subscription {
  const heard = (now: Stats, before: Stats): void => {
    const isSame =
      now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino;
    // Else it has only been read.
    if (!isSame) changed(now.nlink === 0 ? 'gone' : 'there');
  };
  watchStats(file, { interval: intervalMs, persistent: false }, heard);
  return { dispose: () => unwatchFile(file, heard) };
}

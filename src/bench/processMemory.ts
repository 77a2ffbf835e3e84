import { readFile } from 'node:fs/promises';

/** The most memory that a living process ever held; undefined where the system does not tell. */
export async function peakOf(pid: number): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    // No such system, or the process has gone.
    return undefined;
  }
}

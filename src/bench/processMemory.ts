import { readFile } from 'node:fs/promises';

/** The most memory that this process ever held, in bytes. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** The same of another one that lives; undefined where the system does not tell. */
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

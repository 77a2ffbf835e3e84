import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { systemCode } from './diskErrors';

/**
 * Which process a pid means. Pids are used again, and a run may be looked at long after its trainer
 * died, so a process is named by its pid and its start time together.
 */

const run = promisify(execFile);
/** PowerShell alone may take seconds to start on a busy machine. */
const QUERY_TIMEOUT_MS = 20_000;

/**
 * When the process started, in a form that only equality makes sense of; it stays the same for the
 * life of the process and differs for every other process that has the same pid.
 *
 * @returns undefined where there is no such process, or only its zombie
 * @throws Error where the system cannot be asked
 */
export async function processStartTime(pid: number): Promise<string | undefined> {
  // A quick look that spares starting a program for pids that are gone.
  if (!pidExists(pid)) return undefined;
  if (process.platform === 'linux') return linuxStartTime(pid);
  if (process.platform === 'win32') return windowsStartTime(pid);
  return posixStartTime(pid);
}

/** Whether the process that had this start time (see {@link processStartTime}) still runs. */
export async function isAlive(pid: number, startTime: string): Promise<boolean> {
  return (await processStartTime(pid)) === startTime;
}

/** Whether any process has this pid now, perhaps another one than was meant. */
export function pidExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // EPERM: it exists and belongs to somebody else.
    if (systemCode(thrown) === 'EPERM') return true;
    if (systemCode(thrown) === 'ESRCH') return false;
    throw thrown;
  }
}

async function linuxStartTime(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const ticks = startTicks(stat);
    // Ticks count from the boot, so after a restart another process could have the same.
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    return ticks === undefined ? undefined : `${boot}/${ticks}`;
  } catch (thrown) {
    // ESRCH: it ended between opening and reading.
    if (['ENOENT', 'ESRCH'].includes(systemCode(thrown) ?? '')) return undefined;
    throw thrown;
  }
}

/**
 * Start time in clock ticks since the boot, from the text of /proc/PID/stat (proc_pid_stat(5),
 * field 22); undefined for a process that has ended and only waits for its parent.
 */
export function startTicks(stat: string): string | undefined {
  // Field 2 is the program's name in parentheses; it may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X' || state === 'x') return undefined;
  const ticks = fields[22 - 3];
  if (ticks === undefined || !/^\d+$/.test(ticks)) {
    throw new Error(`Cannot find the start time of a process in ${JSON.stringify(stat)}.`);
  }
  return ticks;
}

/** macOS and the BSDs: `ps` prints state and start time; UTC and C, as both could change. */
async function posixStartTime(pid: number): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return startFromPs(
    await outputOf('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], env),
  );
}

/** Start time in a line of `ps -o stat= -o lstart=`: `Ss   Mon Jan  1 10:00:00 2024`. */
export function startFromPs(output: string): string | undefined {
  const [state, ...time] = output.trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : time.join(' ');
}

async function windowsStartTime(pid: number): Promise<string | undefined> {
  const query = `$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'; if ($p) { $p.CreationDate.ToFileTimeUtc() }`;
  const options = ['-NoProfile', '-NonInteractive', '-Command', query];
  const fileTime = (await outputOf('powershell.exe', options, process.env)).trim();
  return fileTime === '' ? undefined : fileTime;
}

/** What a program prints; `ps` exits with 1 and prints nothing where there is no such process. */
async function outputOf(
  program: string,
  options: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  try {
    const settings = { env, timeout: QUERY_TIMEOUT_MS, windowsHide: true };
    return (await run(program, options, settings)).stdout;
  } catch (thrown) {
    const quiet = thrown instanceof Error && 'stderr' in thrown && thrown.stderr === '';
    if (quiet && 'code' in thrown && thrown.code === 1) return '';
    throw new Error(`Cannot ask ${program} about a process.`, { cause: thrown });
  }
}

import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { runFile } from '../shared/runFolder';
import { leaseAge } from './lease';
import { readRun } from './runIdentity';
import { linesOfProcess } from './trainerLog';

/** Why a run is dead, as far as its folder and this machine can tell. */
export interface DeadRun {
  /** One sentence, for people. */
  readonly sentence: string;
  /** The last lines of the dead trainer's log, oldest first; none where it wrote none. */
  readonly lastLines: readonly string[];
}

/** What decides the sentence. */
export interface DeathEvidence {
  /** Whether a trainer ever named itself in run.json. */
  readonly began: boolean;
  /** The trainer's machine, where that is another one. */
  readonly elsewhere: string | undefined;
  /** When its lease was last touched, in milliseconds since 1970; undefined: never. */
  readonly lastSign: number | undefined;
  /** When this machine was started, likewise. */
  readonly booted: number;
  readonly lastLines: readonly string[];
}

/** As many as show a stack trace's message and what led to it. */
const LAST_LINES = 8;
/** A machine's start time is computed from two clocks; this much earlier is earlier for sure. */
const CLOCK_TOLERANCE_MS = 2_000;

const ranOutOfMemory =
  /out of memory|allocation failed|bad_alloc|RESOURCE_EXHAUSTED|cannot allocate memory/i;
const crashed = /segmentation fault|SIGSEGV|SIGABRT|core dumped|terminate called|check failed:/i;

/**
 * Explains a run whose trainer ended without a farewell, for whom nobody is left who saw its exit
 * code: the editor or terminal that started it has gone, too.
 *
 * @param folder of a run whose status is `dead`
 * @throws UserError where the folder is no run folder or cannot be read
 */
export async function explainDeadRun(folder: string): Promise<DeadRun> {
  const { trainer } = await readRun(folder);
  const log = await linesOfProcess(join(folder, runFile.log), trainer?.pid ?? 'any');
  const lastLines = log.last(LAST_LINES);
  const age = await leaseAge(folder);
  const elsewhere = trainer && trainer.host !== hostname() ? trainer.host : undefined;
  const sentence = describeDeath({
    began: trainer !== undefined,
    elsewhere,
    lastSign: age === undefined ? undefined : Date.now() - age,
    booted: Date.now() - uptime() * 1000,
    lastLines,
  });
  return { sentence, lastLines };
}

/** The sentence for what is known; possibilities are called so. */
export function describeDeath(evidence: DeathEvidence): string {
  const { began, elsewhere, lastSign, booted, lastLines } = evidence;
  if (!began) return 'Its trainer ended before it was ready; its log may say why.';
  const since = lastSign === undefined ? '' : ` since ${localTime(lastSign)}`;
  if (elsewhere !== undefined) {
    return `Nothing was heard${since} from its trainer on ${elsewhere}: it was killed, or that machine or the connection to this folder went away.`;
  }
  const said = lastLines.join('\n');
  if (ranOutOfMemory.test(said)) return 'Its trainer ended when memory ran out, as its log says.';
  if (crashed.test(said)) {
    return 'Its trainer crashed in native code, as its log says; another runtime may train it.';
  }
  if (lastSign !== undefined && lastSign < booted - CLOCK_TOLERANCE_MS) {
    return `This machine was shut down, restarted or lost power after ${localTime(lastSign)}, which ended its trainer.`;
  }
  return `Its trainer ended${lastSign === undefined ? '' : ` soon after ${localTime(lastSign)}`} without saying why: it was killed by somebody, by the system because memory ran out, or it crashed.`;
}

/** `2025-03-14 10:11:12` in the time zone of this machine. */
function localTime(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${clock}`;
}

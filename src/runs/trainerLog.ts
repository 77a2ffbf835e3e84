import { isMissing } from './diskErrors';
import { readLines } from './lines';
import { withFileForReading } from './regularFile';

/** What one trainer process wrote into the log of a run. */
export interface SessionLog {
  /** Lines of level WARN and above. */
  readonly warnings: number;
  /** Its last lines, and what libraries printed after its first. */
  readonly last: (count: number) => readonly string[];
}

/** So many lines are held; a trainer that says more has the rest in the file. */
const MAX_HELD = 100;

/**
 * Reads the part of a trainer's log that a process wrote. A resumed run has lines of several.
 *
 * @param pid the trainer's; undefined when it could not be started, `any` for the whole log
 */
export async function linesOfProcess(
  file: string,
  pid: number | 'any' | undefined,
): Promise<SessionLog> {
  let warnings = 0;
  let begun = pid === 'any';
  const held: string[] = [];
  try {
    await withFileForReading(file, async (handle) => {
      for await (const { bytes } of readLines(handle)) {
        if (bytes === undefined) continue;
        const line = bytes.toString('utf8');
        const entry = /^\[[^\]]*\] ([A-Z]+) \((\d+)\)/.exec(line);
        if (entry && pid !== 'any') begun = Number(entry[2]) === pid;
        if (!begun) continue;
        if (entry && ['WARN', 'ERROR', 'FATAL'].includes(entry[1])) warnings++;
        held.push(line);
        if (held.length > MAX_HELD) held.shift();
      }
    });
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
  return { warnings, last: (count) => held.slice(-count) };
}

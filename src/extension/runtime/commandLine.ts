import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bundleFolder } from '../../runtime/bundleFolder';
import { trainerEnvironment } from '../../runtime/trainerEnvironment';
import { UserError } from '../../shared/userError';
import type { NodeBinary } from '../supervisor/nodeBinary';

export interface CommandLineOptions {
  readonly signal?: AbortSignal;
  /** A line of progress, as a person at a terminal would see it. */
  readonly onNote?: (line: string) => void;
  /** Folder in which it runs; that of the extension host unless given. */
  readonly cwd?: string;
}

/** The last notes that are repeated where a command broke off without a reason. */
const LAST_NOTES = 5;
/** An interrupted installation removes gigabytes; what takes longer is ended without further ado. */
const PATIENCE_MS = 30_000;

/**
 * Runs `sn-gan` in a process of its own, interrupted as by Ctrl-C when the signal says so.
 *
 * @param args without the name of the command
 * @returns what it printed on standard output
 * @throws UserError with the command's own sentence where it refuses; the signal's reason when
 *   aborted; Error where the command has a defect
 */
export async function runCommandLine(
  node: NodeBinary,
  args: readonly string[],
  { signal, onNote, cwd }: CommandLineOptions = {},
): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(node.program, [path.join(bundleFolder, 'cli.cjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: trainerEnvironment(process.env, node.electron),
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  });
  const printed: Buffer[] = [];
  const notes: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  createInterface({ input: child.stderr }).on('line', (line) => {
    notes.push(line);
    onNote?.(line);
  });
  let patience: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    child.kill('SIGINT');
    patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const how = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, killer) => resolve(killer ?? code ?? 0));
    });
    signal?.throwIfAborted();
    const result = Buffer.concat(printed).toString('utf8');
    if (how !== 0) throw refusal(args, how, result, notes);
    return result;
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Exit codes of `sn-gan` for what the person can change: see src/cli/exitCodes.ts. */
const REFUSED = [2, 3];

function refusal(
  args: readonly string[],
  how: number | NodeJS.Signals,
  printed: string,
  notes: readonly string[],
): Error {
  const sentence = jsonError(printed) ?? /^sn-gan: ([\s\S]*)$/m.exec(notes.join('\n'))?.[1];
  if (typeof how === 'number' && REFUSED.includes(how) && sentence !== undefined) {
    return new UserError(sentence);
  }
  const last = notes.slice(-LAST_NOTES).join('\n');
  return new Error(`sn-gan ${args.join(' ')} ended with ${how}. ${sentence ?? last}`);
}

/** Under `--json` a refusal is printed as `{"error": …}`. */
function jsonError(printed: string): string | undefined {
  try {
    const { error } = JSON.parse(printed) as { readonly error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}

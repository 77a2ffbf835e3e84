import type { Command } from 'commander';

/**
 * Prints the result of a command: one JSON document on standard output under `--json`, otherwise
 * the lines for a person. Progress and warnings go to standard error, so that pipes stay clean.
 */
export function printResult(
  command: Command,
  result: object,
  lines: () => readonly string[],
): void {
  if (wantsJson(command)) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  for (const line of lines()) process.stdout.write(`${line}\n`);
}

/** Whether `--json` was given, before or after the subcommand. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

/** A line for a person that is not the result: progress, a hint, a warning. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

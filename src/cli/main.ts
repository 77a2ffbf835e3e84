import { Command, CommanderError } from 'commander';
import { UserError } from '../shared/userError';
import { addDataCommand } from './data';
import { addDoctorCommand } from './doctor';
import { exitCode } from './exitCodes';
import { wantsJson } from './output';
import { addRuntimeCommands } from './runtime';

async function main(): Promise<void> {
  const program = new Command('sn-gan')
    .description('Train and understand spectrally normalised GANs.')
    .version('0.1.0')
    .option('--json', 'print the result as one JSON document')
    .showHelpAfterError()
    .exitOverride();
  addRuntimeCommands(program);
  addDoctorCommand(program);
  addDataCommand(program);

  try {
    await program.parseAsync();
  } catch (thrown) {
    process.exitCode = report(thrown, wantsJson(program));
  }
}

/** Prints what went wrong, for a person or as JSON, and returns the exit code. */
function report(thrown: unknown, json: boolean): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCode.ok : exitCode.usage;
  const expected = thrown instanceof UserError;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (json) process.stdout.write(`${JSON.stringify({ error: message })}\n`);
  else if (expected) process.stderr.write(`sn-gan: ${message}\n`);
  else process.stderr.write(`${thrown instanceof Error ? thrown.stack : message}\n`);
  return expected ? exitCode.usage : exitCode.internal;
}

void main();

import { Command, CommanderError } from 'commander';
import { UserError } from '../shared/userError';
import { addBenchCommand } from './bench';
import { addDataCommand } from './data';
import { addDoctorCommand } from './doctor';
import { exitCode } from './exitCodes';
import { addInspectCommand } from './inspect';
import { wantsJson } from './output';
import { addResumeCommand } from './resume';
import { addRuntimeCommands } from './runtime';
import { addSampleCommand } from './sample';
import { addSchemaCommand } from './schema';
import { addTrainCommand } from './train';
import { version } from './version';

const exitCodesHelp = `
Exit codes:
  ${exitCode.ok}    done, also when training was stopped by Ctrl-C
  ${exitCode.internal}    a defect of sn-gan
  ${exitCode.usage}    the command line, the config or the images cannot be used
  ${exitCode.trainingFailed}    training failed: NaN, a full disk, a trainer that died
  ${exitCode.interrupted}  interrupted at once, by Ctrl-C twice or where there is nothing to save`;

async function main(): Promise<void> {
  tolerateClosedOutput();
  const program = new Command('sn-gan')
    .description('Train and understand spectrally normalised GANs.')
    .version(version)
    .option('--json', 'print the result as one JSON document')
    .addHelpText('after', exitCodesHelp)
    .showHelpAfterError('(add --help for how it is used)')
    .exitOverride();
  addTrainCommand(program);
  addResumeCommand(program);
  addSampleCommand(program);
  addInspectCommand(program);
  addDataCommand(program);
  addSchemaCommand(program);
  addRuntimeCommands(program);
  addDoctorCommand(program);
  addBenchCommand(program);

  if (process.argv.length <= 2) {
    program.outputHelp();
    return;
  }
  try {
    await program.parseAsync();
  } catch (thrown) {
    // A command line that could not be parsed has not set the option yet.
    process.exitCode = report(thrown, wantsJson(program) || process.argv.includes('--json'));
  }
}

/** Prints what went wrong, for a person or as JSON, and returns the exit code. */
function report(thrown: unknown, json: boolean): number {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCode.ok;
  const expected = thrown instanceof UserError || thrown instanceof CommanderError;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (json) process.stdout.write(`${JSON.stringify({ error: message })}\n`);
  else if (thrown instanceof UserError) process.stderr.write(`sn-gan: ${message}\n`);
  // The parser has told of its errors already.
  else if (!expected) process.stderr.write(`${thrown instanceof Error ? thrown.stack : message}\n`);
  return expected ? exitCode.usage : exitCode.internal;
}

/** A pipe whose reader has gone (`| head`) or a closed terminal must not end a training. */
function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}

void main();

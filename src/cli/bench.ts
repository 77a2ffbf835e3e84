import { existsSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { bench } from '../bench/bench';
import { benchNetworks } from '../bench/benchCase';
import { growthParts } from '../bench/growth/growth';
import type { BenchReport } from '../bench/report';
import { computingRuntimes } from '../runtime/choose';
import { precisions } from '../shared/config';
import { UserError } from '../shared/userError';
import { asMarkdown, asText, type ResultTable } from './bench/resultTable';
import { growthTables } from './bench/growthTables';
import { settingsOf, type BenchFlags } from './bench/settings';
import { speedTables } from './bench/speedTables';
import { exitCode } from './exitCodes';
import { onInterrupts } from './interrupts';
import { note, printResult } from './output';
import { version } from './version';

/** Adds `sn-gan bench`. */
export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('Measure how fast this machine trains, with every runtime that works on it.')
    .addOption(choice('--runtime <name...>', 'only these', computingRuntimes))
    .addOption(choice('--network <name...>', 'cnn and resnet unless given', benchNetworks))
    .option('--batch <n...>', '64 and 128 unless given', several(wholeNumber(1, 4096)))
    .addOption(choice('--precision <name...>', 'f32 and bf16 unless given', precisions))
    .option('--width <factor>', 'of the hidden channels', positive)
    .option('--rounds <n>', 'rounds in which all take turns; 5', wholeNumber(1, 1000))
    .option('--seconds <n>', 'of each in a round, at least one step; 4', positive)
    .option('--peer <script...>', 'a script that makes the same step, for a ratio')
    .option(
      '--python <command>',
      'what runs it',
      process.platform === 'win32' ? 'python' : 'python3',
    )
    .option('--device <name>', 'what the script computes on; its own choice unless given')
    .option('--steps-only', 'time steps, and not what a training takes beside them')
    .addOption(
      choice('--growth [part...]', 'measure how time and memory grow instead', growthParts),
    )
    .option('--steps <n>', 'of the long training of --growth; 10,000', wholeNumber(100, 1e7))
    .option('--images <n>', 'in the largest folder of --growth; 100,000', wholeNumber(1000, 1e7))
    .option('--quick', 'a minute or two: the CNN at batch 64 in two short rounds')
    .option('--markdown', 'print the tables as Markdown')
    .addHelpText(
      'after',
      `
A step is one update of the discriminator and one of the generator; the ResNet of the paper makes
five of the first, here it makes one. Every runtime is measured in a process of its own, and all
take turns with each other and with the peer, so that ratios hold on a machine that is also used by
others. Times are medians over the rounds of medians of steps, after a warm-up.

GFLOPS count the products of convolutions and matrices that a step has as plain sums, forward and
for gradients, each with its sum.

A peer takes --network --form --dtype --batch --device, and either --steps, or --interactive: it
then says {"ready": true, "torch", "device", "warm_s"} and answers each line {"steps": n} with
{"seconds": [...]}. A script in Python is run by --python, .js, .mjs and .cjs by this Node.

Ctrl-C prints what was measured until then.

Examples:
  sn-gan bench --quick
  sn-gan bench --network cnn --batch 64 --peer torchStep.py --json
  sn-gan bench --growth batch width --runtime tensorflow`,
    )
    .action(measure);
}

async function measure(flags: BenchFlags, command: Command): Promise<void> {
  const missing = flags.peer?.find((script) => !existsSync(script));
  if (missing !== undefined) {
    throw new UserError(`--peer is ${missing}, which does not exist; give the path of a script.`);
  }
  const interrupted = new AbortController();
  const release = onInterrupts({
    first: () => interrupted.abort(),
    again: () => process.exit(exitCode.interrupted),
  });
  try {
    const course = { signal: interrupted.signal, tell: note };
    const report = await bench(settingsOf(flags, version), course);
    if (!report.complete) {
      note('Interrupted; this is what was measured until then.');
      process.exitCode = exitCode.interrupted;
    }
    printResult(command, report, () => linesOf(report, flags.markdown === true));
  } finally {
    release();
  }
}

function linesOf(report: BenchReport, markdown: boolean): string[] {
  const print: (table: ResultTable) => string[] = markdown ? asMarkdown : asText;
  const { machine, version: own, begun, absent } = report;
  const where = `${machine.processor}, ${(machine.memoryBytes / 1e9).toFixed(0)} GB, ${machine.platform}, Node ${machine.node}, sn-gan ${own}, ${begun.slice(0, 10)}`;
  const tables = [...speedTables(report), ...growthTables(report)];
  return [
    where,
    ...absent.map(({ name, reason }) => `Without ${name}: ${reason}`),
    ...tables.flatMap((table) => ['', ...print(table)]),
  ];
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a positive number.');
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

function several(parse: (text: string) => number) {
  return (text: string, before: readonly number[] = []): number[] => [...before, parse(text)];
}

import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { prepareResume } from '../trainer/prepareResume';
import { note } from './output';
import { superviseTraining } from './superviseTraining';

interface ResumeFlags {
  readonly steps?: number;
}

/** Adds `sn-gan resume <run>`. */
export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .description('Train a run on from its newest checkpoint.')
    .argument('<run>', 'a run folder')
    .option('--steps <count>', 'train to this step instead of the one in the config', parseSteps)
    .addHelpText(
      'after',
      `
Takes up runs that were stopped, failed or were killed, and finished ones with more --steps.

Examples:
  sn-gan resume runs/20250314-101112-demo
  sn-gan resume runs/20250314-101112-demo --steps 3000`,
    )
    .action(resume);
}

async function resume(run: string, { steps }: ResumeFlags, command: Command): Promise<void> {
  const folder = path.resolve(run);
  const { checkpoint, notes } = await prepareResume(folder, steps);
  notes.forEach(note);
  note(
    checkpoint ? `Resuming from ${checkpoint.file}` : 'No checkpoint yet: starting from step 0.',
  );
  await superviseTraining(folder, command);
}

function parseSteps(value: string): number {
  const steps = Number(value);
  if (Number.isSafeInteger(steps) && steps >= 1) return steps;
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
}

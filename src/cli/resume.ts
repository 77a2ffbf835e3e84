import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { newestCheckpoint } from '../runs/checkpoints';
import { classifyRun } from '../runs/classify';
import { readRunConfig, writeRunConfig } from '../runs/runConfig';
import { readRun } from '../runs/runIdentity';
import type { RunStatus } from '../shared/runFolder';
import { UserError } from '../shared/userError';
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
  await refuseLiving(folder);
  const config = await readRunConfig(folder);
  const { newest, unreadable } = await newestCheckpoint(folder);
  for (const { why } of unreadable) note(`Passed over a checkpoint: ${why}`);
  const longer = { ...config, steps: steps ?? config.steps };
  refuseUseless(longer.steps, newest?.step ?? 0, await classifyRun(folder));
  if (longer.steps !== config.steps) await writeRunConfig(folder, longer);
  note(newest ? `Resuming from ${newest.file}` : 'No checkpoint yet: starting from step 0.');
  await superviseTraining(folder, command);
}

/** @throws UserError when a trainer of this run lives */
async function refuseLiving(folder: string): Promise<void> {
  const { trainer } = await readRun(folder);
  const status = await classifyRun(folder);
  if (status === 'elsewhere') {
    throw new UserError(`${folder} is being trained on ${trainer?.host}; stop it there first.`);
  }
  if (status !== 'running' && status !== 'paused') return;
  throw new UserError(
    trainer
      ? `${folder} is being trained by process ${trainer.pid} (${status}); stop that one first.`
      : `${folder} was made a moment ago and its trainer is starting; try again in a minute.`,
  );
}

/** @throws UserError when there is nothing to train */
function refuseUseless(steps: number, done: number, status: RunStatus): void {
  if (steps < done || (steps === done && status === 'finished')) {
    throw new UserError(
      `The newest checkpoint is from step ${done}, and the run is to end at step ${steps}; give a larger number with --steps.`,
    );
  }
}

function parseSteps(value: string): number {
  const steps = Number(value);
  if (Number.isSafeInteger(steps) && steps >= 1) return steps;
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
}

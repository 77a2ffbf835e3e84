import path from 'node:path';
import { listSamples, newestCheckpoint } from '../runs/checkpoints';
import { classifyRun } from '../runs/classify';
import { readRun } from '../runs/runIdentity';
import { runFile, type RunIdentity, type RunStatus } from '../shared/runFolder';
import { trainerExit } from '../trainer/trainerExit';
import { exitCode } from './exitCodes';
import type { TrainerEnd } from './ownedTrainer';
import { linesOfProcess } from '../runs/trainerLog';

/** What became of a training: what `train --json` and `resume --json` print. */
export interface TrainingOutcome {
  /** The run folder. */
  readonly folder: string;
  readonly state: RunStatus;
  /** Why it ended before its last step; null when it finished. */
  readonly reason: string | null;
  readonly step: number;
  readonly total: number;
  /** The folder of the sample grids. */
  readonly samples: string;
  readonly lastGrid: string | null;
  /** The newest sound checkpoint. */
  readonly checkpoint: string | null;
  readonly runtime: RunIdentity['runtime'] | null;
  readonly seconds: number;
  /** Warnings and errors in the log of this session. */
  readonly warnings: number;
  readonly log: string;
}

/** How many lines of the log are shown when a trainer died without a word. */
const LAST_LINES = 8;

/** Reads from the run folder how a trainer that has ended left it. */
export async function readOutcome(
  folder: string,
  end: TrainerEnd,
  seconds: number,
): Promise<TrainingOutcome> {
  const run = await readRun(folder);
  const state = await classifyRun(folder);
  const log = path.join(folder, runFile.log);
  const session = await linesOfProcess(log, end.pid);
  const { newest } = await newestCheckpoint(folder);
  const grids = await listSamples(folder);
  const said = state === 'finished' || state === 'stopped' || state === 'failed';
  return {
    folder,
    state,
    reason: said ? (run.reason ?? null) : describeDeath(end, session.last(LAST_LINES)),
    step: run.progress.step,
    total: run.progress.total,
    samples: path.join(folder, runFile.samples),
    lastGrid: grids.at(-1)?.file ?? null,
    checkpoint: newest?.file ?? null,
    runtime: run.runtime ?? null,
    seconds: Math.round(seconds * 10) / 10,
    warnings: session.warnings,
    log,
  };
}

function describeDeath({ code, signal }: TrainerEnd, lastLines: readonly string[]): string {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  const hint = signal === 'SIGKILL' ? '; the system does that when memory runs out' : '';
  const log =
    lastLines.length === 0
      ? 'Its log has no line of it.'
      : ['The last lines of its log:', ...lastLines.map((line) => `  ${line}`)].join('\n');
  return `The trainer ended ${how} without saying why${hint}. ${log}`;
}

/** The exit code of the command whose trainer ended like this. */
export function exitCodeOf({ code }: TrainerEnd): number {
  if (code === trainerExit.ok) return exitCode.ok;
  return code === trainerExit.unusable ? exitCode.usage : exitCode.trainingFailed;
}

/** The closing lines for a person. */
export function describeOutcome(outcome: TrainingOutcome): string[] {
  const { folder, state, step, total, samples, lastGrid, checkpoint, warnings, log } = outcome;
  const steps = `${step.toLocaleString('en')} of ${total.toLocaleString('en')} steps`;
  const lines = [`Run ${state} after ${steps}: ${shown(folder)}`];
  if (lastGrid) lines.push(`  last samples  ${shown(lastGrid)}`);
  else lines.push(`  samples       none yet, in ${shown(samples)}`);
  lines.push(`  checkpoint    ${checkpoint ? shown(checkpoint) : 'none'}`);
  if (warnings > 0) {
    lines.push(`  ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, see ${shown(log)}`);
  }
  return [...lines, ...nextSteps(outcome, quoted(shown(folder)))];
}

function nextSteps({ state, checkpoint, total }: TrainingOutcome, run: string): string[] {
  const goOn =
    state === 'finished'
      ? `  train on      sn-gan resume ${run} --steps ${2 * total}`
      : `  go on         sn-gan resume ${run}`;
  if (checkpoint === null) return [goOn];
  return [
    goOn,
    `  draw samples  sn-gan sample ${run} -n 64 --out samples.png`,
    `  look inside   sn-gan inspect ${run}`,
  ];
}

/** The shorter way to write a path: from here, unless it lies elsewhere. */
function shown(file: string): string {
  const relative = path.relative('', file);
  return relative === '' || relative.startsWith('..') ? file : relative;
}

/** A path as a shell takes it. */
function quoted(file: string): string {
  return /^[\w./~:\\-]+$/.test(file) ? file : JSON.stringify(file);
}

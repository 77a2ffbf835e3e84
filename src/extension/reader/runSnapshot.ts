import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAnnotations } from '../../runs/annotations';
import { listCheckpoints, listSamples, type StepFile } from '../../runs/checkpoints';
import { explainDeadRun } from '../../runs/deadRun';
import { readRunConfig } from '../../runs/runConfig';
import { readRun } from '../../runs/runIdentity';
import { linesOfProcess } from '../../runs/trainerLog';
import { type RunIdentity, runFile, type RunStatus } from '../../shared/runFolder';
import type { ReadRun } from './protocol';
import { TrainerLife } from './trainerLife';
import { WatchedPart } from './watchedPart';

/** Last lines of the log of a run that ended badly. */
const LOG_LINES = 8;

/** How a run ended badly. */
interface Ending {
  readonly reason: string | undefined;
  readonly lastLogLines: readonly string[];
}

/** Everything about a run but its rows, read from its folder as far as it has changed. */
export class RunSnapshot {
  private readonly identity: WatchedPart<RunIdentity>;
  private readonly annotations;
  private readonly config;
  private readonly samples: WatchedPart<readonly number[]>;
  private readonly checkpoints: WatchedPart<readonly number[]>;
  private readonly life: TrainerLife;
  /** What the last look saw. */
  private last: ReadRun | undefined;
  /** Of the status and trainer in its name. */
  private ending: { readonly of: string; readonly part: WatchedPart<Ending> } | undefined;

  /** @param learnt is called when another look would see something else */
  constructor(
    private readonly folder: string,
    learnt: () => void,
  ) {
    this.life = new TrainerLife(learnt);
    const part = <T>(name: string, read: (folder: string) => Promise<T>): WatchedPart<T> =>
      new WatchedPart(join(folder, name), () => read(folder));
    this.identity = part(runFile.identity, readRun);
    this.annotations = part(runFile.annotations, readAnnotations);
    this.config = part(runFile.config, readRunConfig);
    this.samples = part(runFile.samples, async () => steps(await listSamples(folder)));
    this.checkpoints = part(runFile.checkpoints, async () => steps(await listCheckpoints(folder)));
  }

  /**
   * Takes a look at the folder.
   *
   * @param rowFlaws sentences about its rows
   * @returns a sentence where the folder is no run and never was one since the first look
   */
  async look(rowFlaws: readonly string[]): Promise<ReadRun | string> {
    await this.identity.refresh();
    const identity = this.identity.value;
    const there = existsSync(this.folder);
    if (!there && this.last !== undefined) return goneRun(this.last);
    if (!there) return `${this.folder} is gone: the run was moved, renamed or deleted.`;
    if (identity === undefined) return this.identity.flaw ?? '';
    const parts = [this.annotations, this.config, this.samples, this.checkpoints];
    await Promise.all(parts.map((part) => part.refresh()));
    const status = await this.life.status(this.folder, identity);
    const ending = await this.endingOf(status, identity);
    const flaws = [this.identity, ...parts].flatMap(({ flaw }) => flaw ?? []);
    const reason = ending?.reason ?? identity.reason;
    const annotations = this.annotations.value ?? { format: 1 };
    const config = this.config.value;
    this.last = {
      key: this.folder,
      name: annotations.name ?? identity.name,
      status,
      identity: reason === undefined ? identity : { ...identity, reason },
      annotations,
      ...(ending && ending.lastLogLines.length > 0 && { lastLogLines: ending.lastLogLines }),
      ...(config && { config }),
      flaws: [...flaws, ...rowFlaws],
      samples: this.samples.value ?? [],
      checkpoints: this.checkpoints.value ?? [],
      hasRealImages: existsSync(join(this.folder, runFile.realImages)),
      gone: false,
    };
    return this.last;
  }

  private async endingOf(status: RunStatus, identity: RunIdentity): Promise<Ending | undefined> {
    if (status !== 'failed' && status !== 'dead') return undefined;
    const of = `${status} ${identity.trainer?.pid} ${identity.trainer?.startTime}`;
    if (this.ending?.of !== of) {
      const log = join(this.folder, runFile.log);
      const read = status === 'dead' ? this.readDeath : this.readFailure;
      this.ending = { of, part: new WatchedPart(log, () => read(identity, log)) };
    }
    await this.ending.part.refresh();
    return this.ending.part.value;
  }

  private readonly readFailure = async (identity: RunIdentity, log: string): Promise<Ending> => {
    const lines = await linesOfProcess(log, identity.trainer?.pid ?? 'any');
    return { reason: identity.reason, lastLogLines: lines.last(LOG_LINES) };
  };

  private readonly readDeath = async (): Promise<Ending> => {
    const { sentence, lastLines } = await explainDeadRun(this.folder);
    return { reason: sentence, lastLogLines: lastLines };
  };
}

/** Whatever the trainer of a folder that is gone does, it does not do it there. */
function goneRun(last: ReadRun): ReadRun {
  const lives = last.status === 'running' || last.status === 'paused';
  const flaw = `${last.key} is gone: it was moved, renamed or deleted. What is shown is what was last read of it.`;
  return { ...last, status: lives ? 'dead' : last.status, flaws: [flaw], gone: true };
}

function steps(files: readonly StepFile[]): readonly number[] {
  return files.map(({ step }) => step);
}

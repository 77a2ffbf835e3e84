import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { listCheckpoints, listSamples } from '../../src/runs/checkpoints';
import { readRun } from '../../src/runs/runIdentity';
import { readScalars } from '../../src/runs/scalars';
import { runFile, type RunIdentity, type ScalarRecord } from '../../src/shared/runFolder';

/** A run as its folder tells it, which is the truth that the editor is held to. */
export class RunOnDisk {
  constructor(readonly folder: string) {}

  /** The newest run in a runs folder. */
  static newest(runsFolder: string): RunOnDisk {
    const folders = readdirSync(runsFolder)
      .map((name) => path.join(runsFolder, name))
      .filter((folder) => statSync(folder).isDirectory())
      .sort();
    const newest = folders.at(-1);
    if (newest === undefined) throw new Error(`${runsFolder} has no run.`);
    return new RunOnDisk(newest);
  }

  identity(): Promise<RunIdentity> {
    return readRun(this.folder);
  }

  /** The finished lines of scalars.jsonl. */
  async rows(): Promise<ScalarRecord[]> {
    return (await readScalars(path.join(this.folder, runFile.scalars))).records;
  }

  /** The newest step in scalars.jsonl; 0 before there is one. */
  async step(): Promise<number> {
    return (await this.rows()).at(-1)?.step ?? 0;
  }

  async checkpoints(): Promise<number[]> {
    return (await listCheckpoints(this.folder)).map(({ step }) => step);
  }

  async samples(): Promise<number[]> {
    return (await listSamples(this.folder)).map(({ step }) => step);
  }

  /** The process that trains, or trained last. */
  async pid(): Promise<number> {
    const { trainer } = await this.identity();
    if (trainer === undefined) throw new Error(`${this.folder} has no trainer.`);
    return trainer.pid;
  }
}

/** Whether a process lives. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

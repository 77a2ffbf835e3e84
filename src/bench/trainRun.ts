import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRunFolder } from '../runs/newRunFolder';
import { readScalars } from '../runs/scalars';
import { bundleFolder } from '../runtime/bundleFolder';
import type { TrainConfig } from '../shared/config';
import { runFile, type ScalarRecord } from '../shared/runFolder';
import { LineProcess, ProcessEnded } from './lineProcess';
import { peakOf } from './processMemory';

/** What a trainer logged of a run that it trained from start to end. */
export interface TrainedRun {
  readonly records: readonly ScalarRecord[];
  /** From the start of its process to the first line of the log, that of step 1. */
  readonly startSeconds: number;
  /** The most memory that it held. */
  readonly peakBytes: number;
}

/** How often the memory of the trainer is looked at. */
const POLL_MS = 250;

/**
 * Trains a config from start to end with the trainer itself, in a run folder that is gone
 * afterwards: what it takes beside its steps is measured where it happens.
 *
 * @param config logs step 1 as every run does
 * @throws ProcessEnded with the reason when the training fails
 */
export async function trainRun(config: TrainConfig, signal?: AbortSignal): Promise<TrainedRun> {
  const root = await mkdtemp(path.join(tmpdir(), 'sn-gan-bench-'));
  try {
    const { folder } = await createRunFolder(root, config);
    const start = Date.now() / 1000;
    const peak = await train(folder, signal);
    const { records } = await readScalars(path.join(folder, runFile.scalars));
    const first = records.at(0);
    if (!first) throw new ProcessEnded(0, 'the trainer logged nothing');
    const logged = records.map((record) => record['memory/rss'] ?? 0);
    return {
      records,
      startSeconds: first.time - start,
      peakBytes: Math.max(peak, ...logged),
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Runs a trainer to its end, and gives the most memory that it was seen to have held, or 0. */
async function train(folder: string, signal: AbortSignal | undefined): Promise<number> {
  const args = [path.join(bundleFolder, 'trainer.cjs'), folder];
  const trainer = new LineProcess({ program: process.execPath, args, signal });
  let peak = 0;
  const timer = setInterval(() => {
    if (trainer.pid === undefined) return;
    void peakOf(trainer.pid).then((bytes) => (peak = Math.max(peak, bytes ?? 0)));
  }, POLL_MS);
  try {
    const { code, message } = await trainer.ended;
    if (code !== 0) throw new ProcessEnded(code, message);
    return peak;
  } finally {
    clearInterval(timer);
  }
}

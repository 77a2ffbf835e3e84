import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { listCheckpoints, listSamples } from '../../../src/runs/checkpoints';
import { readRun } from '../../../src/runs/runIdentity';
import { readSafetensors } from '../../../src/runs/safetensors';
import { readScalars } from '../../../src/runs/scalars';
import type { ConfigFile } from '../../../src/shared/config';
import { runFile } from '../../../src/shared/runFolder';
import { newRun, resultOf, Trainer, trainToEnd } from './tinyRun';

const KILLS = 50;

/** Writes as often as it can: a line every step, a grid every third, a checkpoint every fourth. */
const busy: ConfigFile = {
  steps: 200,
  ema: { decay: 0 },
  batch: { discriminator: 2, generator: 2 },
  samples: { every: 3 },
  checkpoints: { every: 4, keepEvery: 100 },
};

async function lines(folder: string): Promise<number> {
  const { records, damaged } = await readScalars(path.join(folder, runFile.scalars));
  expect(damaged).toEqual([]);
  const steps = records.map(({ step }) => step);
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
  return steps.length;
}

/** Everything under its final name is whole; returns the step of the newest checkpoint. */
async function readEverything(folder: string): Promise<number> {
  const checkpoints = await listCheckpoints(folder);
  for (const { step, file } of checkpoints) {
    expect((await readSafetensors(file)).metadata['step']).toBe(String(step));
  }
  for (const { file } of await listSamples(folder)) PNG.sync.read(readFileSync(file));
  return checkpoints.at(-1)?.step ?? 0;
}

/** Kills a trainer while it starts, or after it has logged something new; false: it ended first. */
async function trainAndKill(folder: string, whileStarting: boolean): Promise<boolean> {
  const from = (await readRun(folder)).trainer ? await readEverything(folder) : 0;
  const trainer = new Trainer(folder);
  let confirmed = from;
  if (whileStarting) await sleep(Math.random() * 600);
  else {
    try {
      await trainer.until(({ state }) => state === 'running', 'it runs');
    } catch (thrown) {
      // A run whose last steps were done already ends before anybody sees it.
      if ((await trainer.exit).code !== 0) throw thrown;
    }
    await sleep(Math.random() * 300);
    if (!trainer.ended) confirmed = await lines(folder);
  }
  const { signal, stderr } = await trainer.kill();
  expect(stderr).toBe('');
  if (signal !== 'SIGKILL') return false;
  // Nothing to read before the first line.
  const logged = (await listSamples(folder)).length > 0 ? await lines(folder) : 0;
  expect(logged).toBeGreaterThanOrEqual(confirmed);
  expect(await readEverything(folder)).toBeGreaterThanOrEqual(from);
  expect((await readRun(folder)).progress.total).toBe(busy.steps);
  return true;
}

it(`a trainer killed at ${KILLS} random moments loses no line, grid or checkpoint, and ends with the bits of one that was not`, async () => {
  const whole = await newRun(busy);
  await trainToEnd(whole);
  const expected = await resultOf(whole);
  expect((expected['scalars'] as object[]).length).toBe(busy.steps);

  let folder = await newRun(busy);
  for (let kills = 0; kills < KILLS;) {
    if (await trainAndKill(folder, kills % 3 === 0)) kills++;
    else {
      // It was quicker than the last kill; the others need a run that still goes on.
      expect(await resultOf(folder)).toEqual(expected);
      folder = await newRun(busy);
    }
  }
  await trainToEnd(folder);
  expect(await resultOf(folder)).toEqual(expected);
});

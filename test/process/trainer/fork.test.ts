import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { forkRun } from '../../../src/runs/forkRun';
import { readRun } from '../../../src/runs/runIdentity';
import { readScalars } from '../../../src/runs/scalars';
import { isEventsFile } from '../../../src/runs/tensorboard/tensorBoardWriter';
import { runFile } from '../../../src/shared/runFolder';
import { prepareResume } from '../../../src/trainer/prepareResume';
import { logOf, newRun, resultOf, trainToEnd } from './tinyRun';

it('a run made from a checkpoint goes on from its step and ends with the bits of the other', async () => {
  const folder = await newRun({
    steps: 40,
    log: { every: 1 },
    samples: { every: 10 },
    checkpoints: { every: 10, keepLast: 4 },
  });
  await trainToEnd(folder);
  const expected = await resultOf(folder);

  const { folder: fork } = await forkRun(folder, 20);
  expect((await prepareResume(fork)).checkpoint?.step).toBe(20);
  await trainToEnd(fork);

  expect(logOf(fork)).toMatch(/Resuming.*step":?\s*20\b/);
  const { records } = await readScalars(path.join(fork, runFile.scalars));
  expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(await resultOf(fork)).toEqual(expected);
  // TensorBoard reads them in this order, and the trainer's own tells it to forget later steps.
  expect(readdirSync(fork).filter(isEventsFile)).toHaveLength(2);
  expect((await readRun(fork)).progress).toMatchObject({ step: 40, total: 40 });
  expect(await resultOf(folder)).toEqual(expected);
});

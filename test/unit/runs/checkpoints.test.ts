import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  checkpointFile,
  checkpointsToDelete,
  listCheckpoints,
  listSamples,
  newestCheckpoint,
  pruneCheckpoints,
  removeLeftovers,
  sampleFile,
} from '../../../src/runs/checkpoints';
import { writeSafetensors } from '../../../src/runs/safetensors';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-checkpoints-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'run-'));
  mkdirSync(path.join(folder, 'checkpoints'));
  mkdirSync(path.join(folder, 'samples'));
});
const save = (step: number): Promise<void> =>
  writeSafetensors(checkpointFile(folder, step), [], { step: String(step) });
const steps = async (): Promise<number[]> =>
  (await listCheckpoints(folder)).map(({ step }) => step);

describe('listCheckpoints', () => {
  it('lists finished checkpoints by step, also past six digits, and nothing else', async () => {
    for (const step of [1_000_000, 200, 99_999, 100]) await save(step);
    for (const name of [
      'step-000300.png',
      'step-0000400.safetensors',
      'notes.txt',
      'step-5.safetensors',
      '.step-000500.safetensors.0123456789ab-0.tmp',
    ]) {
      writeFileSync(path.join(folder, 'checkpoints', name), '');
    }
    expect(await listCheckpoints(folder)).toEqual(
      [100, 200, 99_999, 1_000_000].map((step) => ({ step, file: checkpointFile(folder, step) })),
    );
  });

  it('finds none in a run that was copied without its checkpoints', async () => {
    rmSync(path.join(folder, 'checkpoints'), { recursive: true });
    expect(await listCheckpoints(folder)).toEqual([]);
    expect(await newestCheckpoint(folder)).toEqual({ newest: undefined, unreadable: [] });
  });
});

it('listSamples lists the grids by step', async () => {
  for (const step of [200, 100]) writeFileSync(sampleFile(folder, step), '');
  expect(await listSamples(folder)).toEqual(
    [100, 200].map((step) => ({ step, file: sampleFile(folder, step) })),
  );
});

it('newestCheckpoint passes over damaged files and says why', async () => {
  await save(100);
  await save(200);
  writeFileSync(checkpointFile(folder, 300), 'cut');
  const { newest, unreadable } = await newestCheckpoint(folder);
  expect(newest).toEqual({ step: 200, file: checkpointFile(folder, 200) });
  expect(unreadable).toHaveLength(1);
  expect(unreadable[0]).toMatchObject({ step: 300 });
  expect(unreadable[0].why).toMatch(/step-000300\.safetensors.*only 3 bytes/);
});

describe('retention', () => {
  const hundreds = [100, 200, 300, 400, 500, 600];
  it.each([
    ['keeps the last ones', hundreds, 2, 0, [100, 200, 300, 400]],
    ['keeps every multiple as well', hundreds, 2, 300, [100, 200, 400]],
    ['counts multiples among the last', [100, 200, 300], 1, 300, [100, 200]],
    ['keeps all when there are few', [100, 200], 3, 0, []],
    ['does not depend on the order', [300, 100, 200], 1, 0, [100, 200]],
    ['always keeps the newest', [100, 200], 0, 0, [100]],
    ['copes with none', [], 3, 100, []],
    ['keeps step 0 as a multiple', [0, 1, 2], 1, 10, [1]],
  ])('%s', (_, given, keepLast, keepEvery, expected) => {
    expect(checkpointsToDelete(given, { keepLast, keepEvery })).toEqual(expected);
  });

  it('removes exactly those files', async () => {
    for (const step of hundreds) await save(step);
    expect(await pruneCheckpoints(folder, { keepLast: 1, keepEvery: 400 })).toEqual([
      100, 200, 300, 500,
    ]);
    expect(await steps()).toEqual([400, 600]);
  });
});

it('removeLeftovers removes temporary files of other writers from all parts of the run only', async () => {
  const foreign = '.step-000100.safetensors.0123456789ab-3.tmp';
  const kept = ['mine.tmp', '.hidden', 'step-000100.safetensors.tmp', '.a.0123456789ab.tmp'];
  for (const name of [...kept, foreign]) writeFileSync(path.join(folder, 'checkpoints', name), '');
  writeFileSync(path.join(folder, '.run.json.ffffffffffff-12.tmp'), '');
  const removed = await removeLeftovers(folder);
  expect(removed).toEqual([
    path.join(folder, '.run.json.ffffffffffff-12.tmp'),
    path.join(folder, 'checkpoints', foreign),
  ]);
  expect(readdirSync(path.join(folder, 'checkpoints')).sort()).toEqual(kept.sort());
  expect(readdirSync(folder).sort()).toEqual(['checkpoints', 'samples']);
});

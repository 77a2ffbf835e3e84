import path from 'node:path';
import { expect, it } from 'vitest';
import { readScalars } from '../../../src/runs/scalars';
import { runFile, type ScalarRecord } from '../../../src/shared/runFolder';
import { newRun, trainToEnd } from './tinyRun';

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

it('a thousand steps with grids and checkpoints leave tensors and memory as they were', async () => {
  const folder = await newRun({
    steps: 1_000,
    samples: { every: 100 },
    checkpoints: { every: 100 },
  });
  await trainToEnd(folder);
  const { records } = await readScalars(path.join(folder, runFile.scalars));
  expect(records).toHaveLength(1_000);
  const of = (tag: string, part: readonly ScalarRecord[]): number[] =>
    part.map((record) => record[tag]);

  // A checkpoint holds the state of its step until it is read, which is soon.
  const between = records.filter(({ step }) => step > 1 && (step % 100 > 50 || step % 100 === 0));
  expect(new Set(of('memory/tensors', between)).size).toBe(1);
  expect(new Set(of('memory/tensorBytes', between)).size).toBe(1);
  // Code is compiled and the heap grows to its working size in the first steps; that takes some
  // 500 of them under Node 24, whose young generation is larger than that of Node 20.
  const before = median(of('memory/rss', records.slice(600, 800)));
  const last = median(of('memory/rss', records.slice(800)));
  expect(last / before).toBeLessThan(1.05);
});

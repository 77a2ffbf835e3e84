import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { listCheckpoints, listSamples } from '../../../src/runs/checkpoints';
import { readRun } from '../../../src/runs/runIdentity';
import { readScalars } from '../../../src/runs/scalars';
import { isEventsFile } from '../../../src/runs/tensorboard/tensorBoardWriter';
import { runFile, type ScalarRecord } from '../../../src/shared/runFolder';
import { inspectWhole } from '../../unit/inspection/inspectWhole';
import { newRun, trainToEnd } from './tinyRun';

let folder: string;
let records: ScalarRecord[];
beforeAll(async () => {
  folder = await newRun({ steps: 23, log: { every: 10 }, samples: { every: 7, count: 5 } });
  await trainToEnd(folder);
  ({ records } = await readScalars(path.join(folder, runFile.scalars)));
});

const isBar = (tag: string): boolean => tag.startsWith('sigmaBar/');

describe('what a trainer records', () => {
  it('has a line at every logging step and at every step of a grid', () => {
    expect(records.map(({ step }) => step)).toEqual([1, 7, 10, 14, 20, 21, 23]);
  });

  it('has the exact norms of the normalised weights where grids are, also for TensorBoard', async () => {
    const withBars = records.filter((record) => Object.keys(record).some(isBar));
    expect(withBars.map(({ step }) => step)).toEqual([7, 14, 21, 23]);

    const [checkpoint] = await listCheckpoints(folder);
    const { listing, numbers } = await inspectWhole(checkpoint.file);
    const judged = listing.networks.find(({ name }) => name === 'd')?.layers ?? [];
    const last = withBars[3];
    expect(Object.keys(last).filter(isBar)).toEqual(
      judged.map((layer) => layer.replace('d.', 'sigmaBar/')),
    );
    for (const layer of judged) {
      const { normalized, stableRank } = numbers.get(layer)?.spectrum ?? {};
      // The trainer's estimate is summed in float32, over at most 160 products here.
      const logged = last[layer.replace('d.', 'sigmaBar/')];
      expect(Math.abs(logged / Number(normalized) - 1)).toBeLessThan(1e-5);
      // Of sums of squares in float32.
      const rank = last[layer.replace('d.', 'stableRank/')];
      expect(Math.abs(rank / Number(stableRank) - 1)).toBeLessThan(1e-5);
    }
    const [events] = readdirSync(folder).filter(isEventsFile);
    expect(readFileSync(path.join(folder, events), 'latin1')).toContain('sigmaBar/conv1');
  });

  it('has lambda of every normalised layer in every line', () => {
    const layers = Object.keys(records[0]).filter((tag) => tag.startsWith('sigma/'));
    for (const record of records) {
      for (const tag of layers) expect(record[tag.replace('sigma/', 'lambda/')]).not.toBe(0);
      expect(Object.keys(record).filter((tag) => tag.startsWith('lambda/'))).toHaveLength(
        layers.length,
      );
    }
  });

  it('tells speed and losses of the last logged step in run.json', async () => {
    const { progress } = await readRun(folder);
    const last = records[records.length - 1];
    expect(progress).toMatchObject({ step: 23, total: 23 });
    expect(progress.lossD).toBeCloseTo(last['loss/d'], 6);
    expect(progress.lossG).toBeCloseTo(last['loss/g'], 6);
    expect(Number(progress.stepsPerSecond) * last['ms/step']).toBeCloseTo(1000, -1);
  });

  it('has a grid of training images as large as those of samples', async () => {
    const [sample] = await listSamples(folder);
    const sizes = [path.join(folder, runFile.realImages), sample.file].map((file) => {
      const { width, height } = PNG.sync.read(readFileSync(file));
      return [width, height];
    });
    expect(sizes[0]).toEqual(sizes[1]);
  });
});

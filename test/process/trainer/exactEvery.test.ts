import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runIdentity';
import { readScalars } from '../../../src/runs/scalars';
import { runFile, type ScalarRecord } from '../../../src/shared/runFolder';
import { eventually, newRun, Trainer } from './tinyRun';

const EVERY = 3;
const LOGGED = 20;
const exactTags = /^(sigmaBar|stableRank|lambda)\//;

let folder: string;
let trainer: Trainer;
beforeAll(async () => {
  folder = await newRun({ steps: 1_000_000, log: { every: LOGGED } });
  trainer = new Trainer(folder);
});

async function records(): Promise<ScalarRecord[]> {
  return (await readScalars(path.join(folder, runFile.scalars))).records;
}

const isExact = (record: ScalarRecord): boolean => 'sigmaBar/conv1' in record;

/** Lines of steps after one, as soon as there is one of a step that is far enough. */
async function recordsAfter(step: number, until: number): Promise<ScalarRecord[]> {
  const found = await eventually(`step ${until}`, async () => {
    const all = await records();
    return (all.at(-1)?.step ?? 0) >= until ? all : undefined;
  });
  return found.filter((record) => record.step > step && record.step <= until);
}

/** How far the run has come, while it is paused. */
async function pausedStep(): Promise<number> {
  return (await readRun(folder)).progress.step;
}

describe('a trainer that is asked for exact values every few steps', () => {
  it('says in run.json that it can, and logs them at these steps and what they cost', async () => {
    const client = await trainer.connect();
    expect((await readRun(folder)).exactEvery).toBe(0);
    await client.command('pause');
    const before = await pausedStep();
    expect((await records()).some(isExact)).toBe(false);

    expect(await client.command('exactEvery', EVERY)).toBe('exact values every 3 steps');
    expect((await readRun(folder)).exactEvery).toBe(EVERY);
    await client.command('resume');
    const until = before + 5 * LOGGED;
    const lines = await recordsAfter(before, until);
    await client.command('pause');

    const steps = lines.map(({ step }) => step);
    const expected = Array.from({ length: until - before }, (_, i) => before + 1 + i);
    expect(steps).toEqual(expected.filter((step) => step % EVERY === 0 || step % LOGGED === 0));
    for (const line of lines) {
      const tags = Object.keys(line);
      const count = tags.filter((tag) => exactTags.test(tag)).length;
      const layers = tags.filter((tag) => tag.startsWith('sigma/')).length;
      expect(layers).toBe(5);
      expect(isExact(line)).toBe(line.step % EVERY === 0);
      // Where nothing but lambda is logged, that comes for nothing.
      expect(count).toBe(isExact(line) ? 3 * layers : layers);
      expect('loss/d' in line).toBe(true);
      // Times are averages from one logged step to the next.
      expect('ms/step' in line).toBe(line.step % LOGGED === 0);
      if ('ms/step' in line) expect(line['ms/exact']).toBeGreaterThan(0);
    }
    client.close();
  });

  it('goes on with it after a stop and a resume, until it is told to stop it', async () => {
    const before = await pausedStep();
    const first = await trainer.connect('owner');
    await first.command('stop');
    await trainer.exit;
    trainer = new Trainer(folder);
    const client = await trainer.connect('owner');
    expect((await recordsAfter(before, before + LOGGED)).some(isExact)).toBe(true);
    expect((await readRun(folder)).exactEvery).toBe(EVERY);

    await client.command('pause');
    await client.command('exactEvery', 0);
    const off = await pausedStep();
    await client.command('resume');
    expect((await recordsAfter(off, off + LOGGED)).some(isExact)).toBe(false);
    await client.command('stop');
    expect((await trainer.exit).code).toBe(0);
  });
});

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDeath, explainDeadRun, type DeathEvidence } from '../../../src/runs/deadRun';
import { writeRun } from '../../../src/runs/runIdentity';
import { runFile, type RunIdentity } from '../../../src/shared/runFolder';

const lastSign = new Date(2025, 2, 14, 10, 11, 12).getTime();
const evidence: DeathEvidence = {
  began: true,
  elsewhere: undefined,
  lastSign,
  booted: lastSign - 3_600_000,
  lastLines: ['[t] INFO (7): Training.'],
};

describe('describeDeath', () => {
  it('names the possibilities, and claims none of them, where nothing is known', () => {
    expect(describeDeath(evidence)).toBe(
      'Its trainer ended soon after 2025-03-14 10:11:12 without saying why: it was killed by somebody, by the system because memory ran out, or it crashed.',
    );
    expect(describeDeath({ ...evidence, lastSign: undefined })).toMatch(
      /^Its trainer ended without/,
    );
  });

  it.each([
    [
      { booted: lastSign + 60_000 },
      'This machine was shut down, restarted or lost power after 2025-03-14 10:11:12, which ended its trainer.',
    ],
    [
      { lastLines: ['FATAL ERROR: Reached heap limit - JavaScript heap out of memory'] },
      'Its trainer ended when memory ran out, as its log says.',
    ],
    [
      { lastLines: ['F tensorflow/core/cuda.cc:12] Check failed: x == y', 'Aborted'] },
      'Its trainer crashed in native code, as its log says; another runtime may train it.',
    ],
    [{ began: false }, 'Its trainer ended before it was ready; its log may say why.'],
    [
      { elsewhere: 'gpu-box' },
      'Nothing was heard since 2025-03-14 10:11:12 from its trainer on gpu-box: it was killed, or that machine or the connection to this folder went away.',
    ],
  ])('tells what is known from %j', (known, sentence) => {
    expect(describeDeath({ ...evidence, ...known })).toBe(sentence);
  });

  it('takes a restart for one only when the clocks cannot be meant', () => {
    expect(describeDeath({ ...evidence, booted: lastSign + 1_000 })).not.toContain('restarted');
  });
});

describe('explainDeadRun', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-dead-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run: RunIdentity = {
    format: 1,
    id: 'x',
    name: 'x',
    created: new Date(0).toISOString(),
    state: 'running',
    progress: { step: 3, total: 9, imagesPerSecond: 1 },
  };
  const trainer = { pid: 12, startTime: 'x', host: os.hostname() };

  it('gives the last words of the trainer that died, not those of one before it', async () => {
    await writeRun(folder, { ...run, trainer });
    const own = Array.from({ length: 10 }, (_, i) => `[t] INFO (12): line ${i}`);
    const lines = ['[t] ERROR (11): JavaScript heap out of memory', ...own];
    writeFileSync(path.join(folder, runFile.log), `${lines.join('\n')}\n`);
    writeFileSync(path.join(folder, runFile.lease), '');
    const { sentence, lastLines } = await explainDeadRun(folder);
    expect(lastLines).toEqual(own.slice(-8));
    expect(sentence).toMatch(/^Its trainer ended soon after \d{4}-/);
  });

  it('sees from the lease that the machine was restarted since', async () => {
    const before = Date.now() / 1000 - os.uptime() - 100;
    utimesSync(path.join(folder, runFile.lease), before, before);
    expect((await explainDeadRun(folder)).sentence).toMatch(/^This machine was shut down/);
  });

  it('gives the whole log where no trainer ever named itself', async () => {
    await writeRun(folder, run);
    writeFileSync(path.join(folder, runFile.log), 'node: not found\n');
    expect(await explainDeadRun(folder)).toEqual({
      sentence: 'Its trainer ended before it was ready; its log may say why.',
      lastLines: ['node: not found'],
    });
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isForeignTemporary } from '../../../src/runs/atomicFile';
import { listCheckpoints, listSamples, removeLeftovers } from '../../../src/runs/checkpoints';
import { readRun, writeRun } from '../../../src/runs/runIdentity';
import { readSafetensors } from '../../../src/runs/safetensors';
import { readScalars } from '../../../src/runs/scalars';

const KILLS = 30;
const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-kill-'));
const bundle = path.join(root, 'killedWriter.cjs');
const folder = path.join(root, 'run');

beforeAll(async () => {
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../../fixtures/runs/killedWriter.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  for (const part of ['', 'samples', 'checkpoints']) mkdirSync(path.join(folder, part));
  await writeRun(folder, {
    format: 1,
    id: 'x',
    name: 'x',
    created: new Date().toISOString(),
    state: 'running',
    progress: { step: 0, total: 1_000_000, imagesPerSecond: 0 },
  });
});
afterAll(() => rmSync(root, { recursive: true }));

/** Lets the writer work for a while, kills it and returns what it said it had done. */
async function runAndKill(milliseconds: number): Promise<{ word: string; step: number }[]> {
  const child = spawn(process.execPath, [bundle, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
  // The last line may be torn: what follows the last newline was not said.
  return printed
    .split('\n')
    .slice(0, -1)
    .map((line) => ({ word: line.split(' ')[0], step: Number(line.split(' ')[1]) }));
}

const names = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });
const temporaries = (): string[] =>
  names().filter((name) => isForeignTemporary(path.basename(name)));

it(`a writer killed at ${KILLS} or more random moments loses no line and no checkpoint`, async () => {
  let confirmedCheckpoint = 0;
  let killedWhileWriting = 0;
  // On a fast disk it may take more kills until one comes in the middle of a file.
  for (let kill = 0; kill < KILLS || killedWhileWriting === 0; kill++) {
    const said = await runAndKill(Math.random() * 80);
    const last = (word: string): number | undefined => said.findLast((s) => s.word === word)?.step;
    // It took up the newest checkpoint that there was, never an older one.
    expect(said[0].word).toBe('ready');
    expect(said[0].step).toBeGreaterThanOrEqual(confirmedCheckpoint);
    confirmedCheckpoint = last('checkpoint') ?? said[0].step;
    const confirmedLine = last('line') ?? said[0].step;

    const scalars = await readScalars(path.join(folder, 'scalars.jsonl'));
    const steps = scalars.records.map(({ step }) => step);
    // Every line that was confirmed, and perhaps one more; no gap and no duplicate.
    expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
    expect([confirmedLine, confirmedLine + 1]).toContain(steps.length);
    expect(scalars.damaged).toEqual([]);

    const checkpoints = await listCheckpoints(folder);
    expect(checkpoints.at(-1)?.step ?? 0).toBeGreaterThanOrEqual(confirmedCheckpoint);
    for (const { step, file } of checkpoints) {
      const { arrays, metadata } = await readSafetensors(file);
      expect(metadata).toEqual({ step: String(step) });
      expect(arrays.get('w')?.data.every((value) => value === step)).toBe(true);
    }
    for (const { file } of await listSamples(folder)) PNG.sync.read(readFileSync(file));
    // run.json follows the line of its step, and comes before the line of the next.
    const { step } = (await readRun(folder)).progress;
    const lines = said.filter(({ word }) => word === 'line').length;
    if (lines > 1) expect([steps.length - 1, steps.length]).toContain(step);
    if (temporaries().length > 0) killedWhileWriting++;
  }
  expect(confirmedCheckpoint).toBeGreaterThan(0);
  await removeLeftovers(folder);
  expect(temporaries()).toEqual([]);
}, 60_000);

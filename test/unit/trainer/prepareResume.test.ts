import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/gan/presets';
import { checkpointFile } from '../../../src/runs/checkpoints';
import { createRunFolder } from '../../../src/runs/newRunFolder';
import { processStartTime } from '../../../src/runs/processIdentity';
import { readRunConfig } from '../../../src/runs/runConfig';
import { readRun, writeRun } from '../../../src/runs/runIdentity';
import { writeSafetensors } from '../../../src/runs/safetensors';
import { runFile, type RunIdentity } from '../../../src/shared/runFolder';
import { prepareResume } from '../../../src/trainer/prepareResume';

let root: string;
let folder: string;
beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-resume-'));
  ({ folder } = await createRunFolder(root, resolveConfig({ preset: 'quick', steps: 20 })));
  const array = { name: 'd.x', shape: [1], data: Float32Array.of(1) };
  for (const step of [10, 20]) await writeSafetensors(checkpointFile(folder, step), [array], {});
});
afterEach(() => rmSync(root, { recursive: true }));

async function become(change: Partial<RunIdentity>): Promise<void> {
  await writeRun(folder, { ...(await readRun(folder)), ...change });
}

describe('prepareResume', () => {
  it('finds the newest checkpoint and leaves the config as it is', async () => {
    await become({ state: 'stopped' });
    const config = path.join(folder, runFile.config);
    const before = readFileSync(config, 'utf8');
    const { checkpoint, notes } = await prepareResume(folder);
    expect(checkpoint).toEqual({ step: 20, file: checkpointFile(folder, 20) });
    expect(notes).toEqual([]);
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('stores a longer training', async () => {
    await become({ state: 'finished' });
    expect((await prepareResume(folder, 50)).config.steps).toBe(50);
    expect((await readRunConfig(folder)).steps).toBe(50);
  });

  it('tells of checkpoints that it passes over, and of runs without any', async () => {
    await become({ state: 'failed' });
    writeFileSync(checkpointFile(folder, 20), 'torn');
    const { checkpoint, notes } = await prepareResume(folder);
    expect(checkpoint?.step).toBe(10);
    expect(notes).toEqual([expect.stringMatching(/^Passed over a checkpoint: .*step-000020/)]);
    for (const step of [10, 20]) rmSync(checkpointFile(folder, step));
    expect((await prepareResume(folder)).checkpoint).toBeUndefined();
  });

  it.each([undefined, 19, 20])(
    'has nothing to train in a finished run with %s steps',
    async (steps) => {
      await become({ state: 'finished' });
      await expect(prepareResume(folder, steps)).rejects.toThrow(/give a larger number of steps/);
      expect((await readRunConfig(folder)).steps).toBe(20);
    },
  );

  it.each([0, -1, 2.5, NaN, Infinity])('takes no %s steps', async (steps) => {
    await become({ state: 'stopped' });
    await expect(prepareResume(folder, steps)).rejects.toThrow(/whole number of at least 1/);
  });

  it('refuses a run that is being trained, here or elsewhere, or was just made', async () => {
    await expect(prepareResume(folder)).rejects.toThrow(/made a moment ago/);
    const startTime = String(await processStartTime(process.pid));
    const trainer = { pid: process.pid, startTime, host: os.hostname() };
    await become({ state: 'paused', trainer });
    await expect(prepareResume(folder)).rejects.toThrow(`by process ${process.pid} (paused)`);
    await become({ state: 'running', trainer: { ...trainer, host: 'gpu-box' } });
    writeFileSync(path.join(folder, runFile.lease), '');
    await expect(prepareResume(folder)).rejects.toThrow('is being trained on gpu-box');
  });
});

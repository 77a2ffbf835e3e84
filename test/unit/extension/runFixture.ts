import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { resolveConfig } from '../../../src/gan/presets';
import { createRunFolder } from '../../../src/runs/newRunFolder';
import { processStartTime } from '../../../src/runs/processIdentity';
import { writeRun } from '../../../src/runs/runIdentity';
import { type RunIdentity, runFile } from '../../../src/shared/runFolder';

/** Run folders for tests, in a folder of their own; the "trainer" is this process. */
export class RunFixture {
  readonly root = mkdtempSync(path.join(tmpdir(), 'sn-gan-dashboard-'));

  /** Makes a run that trains. */
  async make(name = 'faces'): Promise<{ folder: string; identity: RunIdentity }> {
    const config = resolveConfig({ name, preset: 'quick', steps: 1000 });
    const made = await createRunFolder(this.root, config);
    const startTime = await processStartTime(process.pid);
    if (startTime === undefined) throw new Error('This process has no start time.');
    const identity: RunIdentity = {
      ...made.identity,
      state: 'running',
      trainer: { pid: process.pid, startTime, host: hostname() },
    };
    await writeRun(made.folder, identity);
    return { folder: made.folder, identity };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Appends lines of scalars, `from` to `to` inclusive. */
export function appendRows(folder: string, from: number, to = from): void {
  const lines = Array.from({ length: to - from + 1 }, (_, i) => `${rowText(from + i)}\n`);
  appendFileSync(path.join(folder, runFile.scalars), lines.join(''));
}

const layers = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'conv6', 'conv7', 'dense'];

/** A line as a network of eight layers logs it: 45 tags, numbers of a float32's length. */
export function rowText(step: number): string {
  const value = (tag: number): string => Math.sin(step * (tag + 1)).toFixed(7);
  const ms = (tag: number): string => (200 + 50 * Math.sin(step * tag)).toFixed(3);
  const tags = [
    'loss/d',
    'loss/g',
    'score/real',
    'score/fake',
    ...['sigma', 'weight', 'gradient'].flatMap((group) => layers.map((name) => `${group}/${name}`)),
    'gradient/d',
    'gradient/g',
    'learningRate',
  ];
  const phases = ['discriminator', 'generator', 'data', 'log', 'step'];
  const members = [
    `"step":${step}`,
    `"time":${(1.8e9 + step * 0.66).toFixed(3)}`,
    ...tags.map((tag, i) => `"${tag}":${value(i)}`),
    ...phases.map((phase, i) => `"ms/${phase}":${ms(i)}`),
    `"imagesPerSecond":${ms(9)}`,
    `"memory/rss":${1_400_000_000 + step}`,
    '"memory/tensors":512',
    '"memory/tensorBytes":310000000',
  ];
  return `{${members.join(',')}}`;
}

import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/gan/presets';
import { writeAnnotations } from '../../../src/runs/annotations';
import {
  checkpointFile,
  listCheckpoints,
  listSamples,
  sampleFile,
} from '../../../src/runs/checkpoints';
import { forkedName, forkRun } from '../../../src/runs/forkRun';
import { createRunFolder } from '../../../src/runs/newRunFolder';
import { readRunConfig, writeRunConfig } from '../../../src/runs/runConfig';
import { readRun } from '../../../src/runs/runIdentity';
import { writeSafetensors } from '../../../src/runs/safetensors';
import { readScalars } from '../../../src/runs/scalars';
import { runFile } from '../../../src/shared/runFolder';

const config = resolveConfig({ name: 'faces', preset: 'quick', steps: 40 });

let root: string;
let folder: string;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'sn-gan-fork-'));
  ({ folder } = await createRunFolder(root, config));
  for (const step of [10, 20, 30]) {
    const array = { name: 'd.x', shape: [1], data: Float32Array.of(step) };
    const metadata = { format: 'sn-gan-1', config: JSON.stringify(config) };
    await writeSafetensors(checkpointFile(folder, step), [array], metadata);
  }
  for (const step of [0, 20, 25]) writeFileSync(sampleFile(folder, step), `grid ${step}`);
  const lines = [1, 10, 20, 21, 30].map((step) => JSON.stringify({ step, time: step }));
  writeFileSync(path.join(folder, runFile.scalars), `${lines.join('\n')}\n{"step":31,"ti`);
  writeFileSync(path.join(folder, 'events.out.tfevents.0000000001.host.1.0'), 'events');
  writeFileSync(path.join(folder, runFile.realImages), 'real');
  writeFileSync(path.join(folder, runFile.log), 'log');
});
afterEach(() => rmSync(root, { recursive: true }));

/** Everything in a folder and its parts, by path. */
function contents(of: string): Record<string, string> {
  const files = readdirSync(of, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(of, file), readFileSync(file, 'latin1')];
    }),
  );
}

describe('forkRun', () => {
  it('makes a run with the history up to the checkpoint, and changes nothing of the other', async () => {
    const before = contents(folder);
    const { folder: fork, identity, notes } = await forkRun(folder, 20);
    expect(contents(folder)).toEqual(before);
    expect(notes).toEqual([]);
    expect(path.dirname(fork)).toBe(root);
    expect(await readRun(fork)).toEqual(identity);
    expect(identity).toMatchObject({
      name: 'faces from step 20',
      state: 'stopped',
      reason: `Made from step 20 of ${folder}.`,
      progress: { step: 20, total: 40 },
    });
    expect(identity.id).not.toBe((await readRun(folder)).id);
    const stored = await readRunConfig(fork);
    expect(stored).toEqual({ ...config, name: 'faces from step 20', runsFolder: root });
    expect((await listCheckpoints(fork)).map(({ step }) => step)).toEqual([20]);
    expect((await listSamples(fork)).map(({ step }) => step)).toEqual([0, 20]);
    const { records, torn } = await readScalars(path.join(fork, runFile.scalars));
    expect(records.map(({ step }) => step)).toEqual([1, 10, 20]);
    expect(torn).toBe(false);
    const files = contents(fork);
    for (const same of ['events.out.tfevents.0000000001.host.1.0', runFile.realImages]) {
      expect(files[same]).toBe(before[same]);
    }
    expect(files).not.toHaveProperty([runFile.log]);
    expect(files[runFile.controlKey]).not.toBe(before[runFile.controlKey]);
  });

  it('gives the new run more steps, and the name that a person gave the other', async () => {
    await writeAnnotations(folder, { format: 1, name: 'Best', starred: true });
    const { folder: fork, identity } = await forkRun(folder, 30, { steps: 90 });
    expect(identity).toMatchObject({ name: 'Best from step 30', progress: { total: 90 } });
    expect((await readRunConfig(fork)).steps).toBe(90);
    expect(readdirSync(fork)).not.toContain(runFile.annotations);
    await expect(forkRun(folder, 30, { steps: 29 })).rejects.toThrow(/larger number of steps/);
  });

  it('does without what an early or copied run lacks', async () => {
    for (const name of [runFile.scalars, runFile.realImages]) rmSync(path.join(folder, name));
    rmSync(path.join(folder, runFile.samples), { recursive: true });
    appendFileSync(path.join(folder, runFile.annotations), 'damaged');
    const { identity } = await forkRun(folder, 10);
    expect(identity.name).toBe('faces from step 10');
  });

  it('tells what was changed in the config since, and refuses another network', async () => {
    const { optimizer, network } = config;
    const changed = { ...config, name: 'x', optimizer: { ...optimizer, beta1: 0.5 }, steps: 50 };
    await writeRunConfig(folder, changed);
    expect((await forkRun(folder, 10)).notes).toEqual([
      '"optimizer.beta1" is 0.5, and was 0 when the checkpoint was made.',
    ]);
    await writeRunConfig(folder, { ...changed, network: { ...network, width: 2 } });
    await expect(forkRun(folder, 10)).rejects.toThrow(
      /does not fit .* "network.width" is 2, and was 1 when/,
    );
  });

  it('names the checkpoints there are, and leaves no run where it fails', async () => {
    await expect(forkRun(folder, 15)).rejects.toThrow(/no checkpoint of step 15; .*: 10, 20, 30\./);
    writeFileSync(checkpointFile(folder, 10), 'torn');
    await expect(forkRun(folder, 10)).rejects.toThrow(/not a readable safetensors file/);
    // A folder cannot be copied as a file.
    mkdirSync(sampleFile(folder, 5));
    await expect(forkRun(folder, 20)).rejects.toThrow();
    expect(readdirSync(root)).toEqual([path.basename(folder)]);
  });
});

describe('forkedName', () => {
  it.each([
    ['a', 5, 'a from step 5'],
    ['x'.repeat(120), 1_000_000, `${'x'.repeat(102)} from step 1000000`],
    [`${'x'.repeat(107)}😀`, 5, `${'x'.repeat(107)} from step 5`],
    [`${'x'.repeat(106)}😀`, 5, `${'x'.repeat(106)}😀 from step 5`],
  ])('of %s at %i is %s', (name, step, expected) => {
    expect(forkedName(name, step)).toBe(expected);
    expect(expected.length).toBeLessThanOrEqual(120);
  });
});

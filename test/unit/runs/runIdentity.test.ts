import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunFolder, slug } from '../../../src/runs/newRunFolder';
import { readRunConfig } from '../../../src/runs/runConfig';
import { readRun, writeRun } from '../../../src/runs/runIdentity';
import type { TrainConfig } from '../../../src/shared/config';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-run-'));
afterAll(() => rmSync(root, { recursive: true }));

const config: TrainConfig = {
  name: 'Émoji, Run #2!',
  preset: 'quick',
  data: {
    source: 'emoji-32',
    size: 32,
    resize: 'area',
    flip: true,
    dequantise: true,
    maxDamaged: 10,
  },
  network: { architecture: 'quick', width: 1, latentDim: 64, latent: 'normal' },
  spectralNorm: { enabled: true, nPowerIterations: 1, warmUpIterations: 15, perForward: false },
  loss: 'hinge',
  optimizer: { learningRate: 2e-4, beta1: 0, beta2: 0.9, epsilon: 1e-8, decayFrom: null },
  nDis: 1,
  batch: { discriminator: 16, generator: 16 },
  steps: 500,
  ema: { decay: 0.99, from: 0 },
  seed: 1,
  runtime: 'auto',
  precision: 'f32',
  log: { every: 10 },
  samples: { every: 100, count: 64 },
  checkpoints: { every: 100, keepLast: 3, keepEvery: 0 },
  runsFolder: 'runs',
};
const now = new Date(2024, 1, 3, 4, 5, 6);

describe('createRunFolder', () => {
  it('makes a folder named by local time and name, with everything a trainer needs', async () => {
    const { folder, identity } = await createRunFolder(path.join(root, 'new', 'runs'), config, {
      id: 'the-id',
      now,
    });
    expect(path.basename(folder)).toBe('20240203-040506-émoji-run-2');
    expect(readdirSync(folder).sort()).toEqual([
      'checkpoints',
      'config.sngan.json',
      'control.key',
      'run.json',
      'samples',
    ]);
    expect(identity).toEqual({
      format: 1,
      id: 'the-id',
      name: config.name,
      created: now.toISOString(),
      state: 'starting',
      progress: { step: 0, total: 500, imagesPerSecond: 0 },
    });
    expect(await readRun(folder)).toEqual(identity);
    expect(await readRunConfig(folder)).toEqual(config);
    expect(readFileSync(path.join(folder, 'control.key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.skipIf(process.platform === 'win32')(
    'lets only the owner read the control key (Windows has no such mode)',
    async () => {
      const { folder } = await createRunFolder(root, config);
      expect(statSync(path.join(folder, 'control.key')).mode & 0o777).toBe(0o600);
    },
  );

  it('numbers runs that start in the same second, also when they do so at once', async () => {
    const runs = path.join(root, 'clash');
    const made = await Promise.all(
      Array.from({ length: 5 }, () => createRunFolder(runs, { ...config, name: 'a' }, { now })),
    );
    const names = ['', '-2', '-3', '-4', '-5'].map((suffix) => `20240203-040506-a${suffix}`);
    expect(made.map(({ folder }) => path.basename(folder)).sort()).toEqual(names);
    expect(new Set(made.map(({ identity }) => identity.id)).size).toBe(5);
  });

  it('says what is wrong with the folder for the runs', async () => {
    const blocked = path.join(root, 'a-file');
    writeFileSync(blocked, '');
    await expect(createRunFolder(path.join(blocked, 'runs'), config)).rejects.toThrow(
      /Cannot create .*a-file.*a part of the path is a file/,
    );
  });
});

describe('slug', () => {
  it.each([
    ['Quick run', 'quick-run'],
    ['../../etc/passwd', 'etc-passwd'],
    ['  --  ', 'run'],
    ['con:\\aux?*', 'con-aux'],
    ['猫の顔 64', '猫の顔-64'],
    ['x'.repeat(120), 'x'.repeat(40)],
    [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
  ])('of %j is %j', (name, expected) => {
    expect(slug(name)).toBe(expected);
  });
});

describe('readRun', () => {
  it('reads what writeRun replaced, with every optional part', async () => {
    const { folder, identity } = await createRunFolder(root, config);
    const full = {
      ...identity,
      state: 'running' as const,
      reason: 'because',
      trainer: { pid: 12, startTime: 'boot/345', host: 'here' },
      runtime: { name: 'wasm', version: '4.22.0', device: 'CPU', reason: 'only one' },
      control: '/tmp/socket',
      progress: { step: 10, total: 500, imagesPerSecond: 12.5 },
    };
    await writeRun(folder, full);
    expect(await readRun(folder)).toEqual(full);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  const place = (text: string): string => {
    const folder = mkdtempSync(path.join(root, 'bad-'));
    writeFileSync(path.join(folder, 'run.json'), text);
    return folder;
  };

  it('says that a folder is not a run folder', async () => {
    const empty = mkdtempSync(path.join(root, 'empty-'));
    for (const folder of [empty, path.join(root, 'missing')]) {
      await expect(readRun(folder)).rejects.toThrow(/is not a run folder: it has no run\.json/);
    }
  });

  it.each([
    ['a file cut off', '{"format":1,"id":"x"', /run\.json is damaged: it is cut off or not JSON/],
    ['a missing key', '{"format":1,"id":"x"}', /run\.json is damaged: name: /],
    ['other JSON', '[]', /run\.json is damaged/],
    ['a newer format', '{"format":2,"new":true}', /has format 2.*newer version.*Update/],
    ['an impossible format', '{"format":0}', /run\.json is damaged: format/],
    ['a huge file', ' '.repeat(2_000_000), /has 2000000 bytes/],
  ])('explains %s', async (_, text, message) => {
    const folder = place(text);
    await expect(readRun(folder)).rejects.toThrow(message);
    await expect(readRun(folder)).rejects.toMatchObject({ name: 'UserError' });
  });
});

describe('readRunConfig', () => {
  it('names the key that is wrong', async () => {
    const { folder } = await createRunFolder(root, config);
    const file = path.join(folder, 'config.sngan.json');
    writeFileSync(file, JSON.stringify({ ...config, nDis: 0 }));
    await expect(readRunConfig(folder)).rejects.toThrow(/config\.sngan\.json: nDis: /);
    writeFileSync(file, '{');
    await expect(readRunConfig(folder)).rejects.toThrow(/cut off or not JSON/);
  });
});

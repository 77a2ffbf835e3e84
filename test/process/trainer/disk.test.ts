import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, describe, expect, it } from 'vitest';
import { listCheckpoints, listSamples } from '../../../src/runs/checkpoints';
import { classifyRun } from '../../../src/runs/classify';
import { readRun } from '../../../src/runs/runIdentity';
import { readSafetensors } from '../../../src/runs/safetensors';
import { readScalars } from '../../../src/runs/scalars';
import type { ConfigFile } from '../../../src/shared/config';
import { runFile } from '../../../src/shared/runFolder';
import { logOf, newRun, resultOf, root, Trainer, trainToEnd } from './tinyRun';

const isRoot = process.getuid?.() === 0;
const disk = path.join(root, 'disk');

/** A file system of 4 MiB of its own; undefined where the system does not let us have one. */
function mountTinyDisk(): string | undefined {
  if (process.platform !== 'linux' || !isRoot) return undefined;
  mkdirSync(disk);
  const options = ['-t', 'tmpfs', '-o', 'size=4m', 'sn-gan-test', disk];
  return spawnSync('mount', options).status === 0 ? disk : undefined;
}

const tiny = mountTinyDisk();
afterAll(() => {
  if (tiny !== undefined) spawnSync('umount', ['--lazy', tiny]);
});

/** Whatever is in the folder can be read; at most the last line, which was never finished, is torn. */
async function expectSound(folder: string): Promise<void> {
  for (const { file } of await listCheckpoints(folder)) await readSafetensors(file);
  for (const { file } of await listSamples(folder)) PNG.sync.read(readFileSync(file));
  const { records, torn, damaged } = await readScalars(path.join(folder, runFile.scalars));
  expect({ torn, damaged }).toEqual({ torn: false, damaged: [] });
  expect(records.map(({ step }) => step)).toEqual(
    records.map(({ step }) => step).toSorted((a, b) => a - b),
  );
  await readRun(folder);
}

function bytesIn(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
}

describe.skipIf(tiny === undefined)('a full disk (skipped where no tmpfs can be mounted)', () => {
  const rarely = { every: 1_000 };
  const cases: [what: string, changes: ConfigFile, names: RegExp][] = [
    [
      'at a line of the scalars',
      { steps: 90, checkpoints: { every: 5, keepLast: 1 } },
      /(scalars\.jsonl|events\.out\.tfevents\.[\w.-]+|run\.json|\.safetensors):/,
    ],
    [
      'at a grid',
      { samples: { every: 2, count: 64 }, log: rarely, checkpoints: { every: 5, keepLast: 1 } },
      /(step-\d+\.png|scalars\.jsonl|events\.out\.tfevents\.[\w.-]+|\.safetensors):/,
    ],
    [
      'at a checkpoint',
      { checkpoints: { every: 5, keepLast: 100 }, log: rarely },
      /step-\d+\.safetensors:/,
    ],
  ];

  it.each(cases)(
    '%s ends the run with a sentence, harms nothing, and the run goes on when there is space',
    async (_, changes, names) => {
      const config: ConfigFile = { steps: 40, ema: { decay: 0 }, ...changes };
      const whole = await newRun(config);
      await trainToEnd(whole);

      const folder = await newRun(config, disk);
      const ballast = path.join(disk, 'ballast');
      const { bavail, bsize } = statfsSync(disk);
      // Room for the greater part of what the run wrote where there was enough.
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - Math.floor(0.7 * bytesIn(whole))));
      const { code, stderr } = await new Trainer(folder).exit;
      expect(code).toBe(3);
      const sentence = stderr.trim().split('\n').at(-1) ?? '';
      expect(sentence).toMatch(/^Cannot write .*: the disk is full\. Free some space/);
      expect(sentence).toMatch(names);
      expect(stderr).not.toMatch(/ {4}at /);
      await expectSound(folder);
      // Where run.json could not be written any more, its trainer is seen to be dead.
      const { state, reason } = await readRun(folder);
      if (state === 'failed') expect(reason).toBe(sentence);
      else expect(await classifyRun(folder)).toBe('dead');
      expect((await listCheckpoints(folder)).length).toBeGreaterThan(0);

      rmSync(ballast);
      await trainToEnd(folder);
      await expectSound(folder);
      expect(await resultOf(folder)).toEqual(await resultOf(whole));
      rmSync(folder, { recursive: true });
    },
  );
});

const NOBODY = 65534;
const bundle = path.resolve(import.meta.dirname, '../../../dist/trainer.cjs');

/** Root may write everywhere, so the trainer is somebody else; that one must see the program. */
function otherUser(): number | undefined {
  if (!isRoot) return undefined;
  const look = ['-e', `require('fs').readFileSync(${JSON.stringify(bundle)})`];
  return spawnSync(process.execPath, look, { uid: NOBODY, gid: NOBODY }).status === 0
    ? NOBODY
    : undefined;
}

const user = otherUser();
const canForbid = process.platform !== 'win32' && (!isRoot || user !== undefined);

/** Gives a folder and all in it to another user. */
function giveTo(uid: number, folder: string): void {
  chownSync(folder, uid, uid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(path.join(folder, name), uid, uid);
  }
}

describe('a run folder', () => {
  it.skipIf(!canForbid)(
    'made read-only ends the run with a sentence, and the run goes on when it can be written (skipped where permissions do not bind the trainer)',
    async () => {
      const folder = await newRun({ steps: 100_000, checkpoints: { every: 10 } });
      chmodSync(root, 0o755);
      mkdirSync(path.join(root, 'home'), { recursive: true });
      chmodSync(path.join(root, 'home'), 0o777);
      if (user !== undefined) giveTo(user, folder);
      const trainer = new Trainer(folder, user);
      await trainer.until(({ progress }) => progress.step > 20, 'step 20');
      const parts = ['', runFile.checkpoints, runFile.samples].map((name) =>
        path.join(folder, name),
      );
      for (const part of parts) chmodSync(part, 0o555);
      const { code, stderr } = await trainer.exit;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^Cannot write .*: permission was denied\. Change the permissions/);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      await expectSound(folder);
      expect(logOf(folder)).toContain('The failure could not be written into run.json.');

      for (const part of parts) chmodSync(part, 0o755);
      const again = new Trainer(folder, user);
      const client = await again.connect();
      expect(await client.command('stop')).toMatch(/step-\d+\.safetensors$/);
      expect((await again.exit).code).toBe(0);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'moved away ends the run with a sentence, and the run goes on where it is now (skipped on Windows, which forbids it)',
    async () => {
      const config = { steps: 120, ema: { decay: 0 }, checkpoints: { every: 10 } };
      const whole = await newRun(config);
      await trainToEnd(whole);
      const folder = await newRun(config);
      const trainer = new Trainer(folder);
      await trainer.until(({ progress }) => progress.step > 20, 'step 20');
      const moved = `${folder}-moved`;
      renameSync(folder, moved);
      const { code, stderr } = await trainer.exit;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^Cannot write .*: it does not exist\. Check the path/);
      await expectSound(moved);
      await trainToEnd(moved);
      expect(await resultOf(moved)).toEqual(await resultOf(whole));
    },
  );

  it.skipIf(process.platform === 'win32')(
    'deleted ends the run with a sentence (skipped on Windows, which forbids it)',
    async () => {
      const folder = await newRun({ steps: 100_000, checkpoints: { every: 10 } });
      const trainer = new Trainer(folder);
      await trainer.until(({ progress }) => progress.step > 5, 'step 5');
      rmSync(folder, { recursive: true });
      const { code, stderr } = await trainer.exit;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^Cannot (write|read) .*: it does not exist\. Check the path/);
    },
  );
});

import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointFile, listCheckpoints } from '../../../src/runs/checkpoints';
import { processStartTime } from '../../../src/runs/processIdentity';
import { readRun, writeRun } from '../../../src/runs/runIdentity';
import { runFile } from '../../../src/shared/runFolder';
import { claimFolder } from '../../../src/trainer/claim';
import { logOf, newRun, resultOf, Trainer, trainToEnd, type Exit } from './tinyRun';

const claims = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('.claim'));

describe('a second trainer of one folder', () => {
  it('refuses with a sentence and does not harm the first', async () => {
    const folder = await newRun({ steps: 100_000 });
    const first = new Trainer(folder);
    const client = await first.connect();
    const { code, stderr } = await new Trainer(folder).exit;
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `${folder} is being trained already, by process ${first.pid}; stop that one first.\n`,
    });
    expect((await readRun(folder)).trainer?.pid).toBe(first.pid);
    await client.command('pause');
    expect((await new Trainer(folder).exit).code).toBe(2);
    expect((await readRun(folder)).state).toBe('paused');
    await client.command('stop');
    expect((await first.exit).code).toBe(0);
  });

  it('that starts at the same moment refuses, whichever of them it is', async () => {
    const folder = await newRun({ steps: 30 });
    // A dead predecessor, and one that had not come so far as to write its name.
    await new Trainer(folder).kill();
    const trainers = Array.from({ length: 5 }, () => new Trainer(folder));
    const exits = await Promise.all(trainers.map((trainer) => trainer.exit));
    const codes = exits.map(({ code }) => code).toSorted();
    expect(codes, JSON.stringify(exits)).toEqual([0, 2, 2, 2, 2]);
    for (const { code, stderr } of exits) {
      if (code === 2) expect(stderr).toMatch(/is being trained already, by (another )?process/);
    }
    expect((await readRun(folder)).state).toBe('finished');
    const steps = (await resultOf(folder))['scalars'] as { step: number }[];
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(claims(folder)).toEqual([]);
  });

  it('is let in where another was killed while it took the run, and refused while one does', async () => {
    const folder = await newRun({ steps: 2 });
    const claimBy = (pid: number, startTime: string): void => {
      const claim = claimFolder(folder, undefined);
      mkdirSync(claim, { recursive: true });
      const claimant = { pid, startTime, host: hostname() };
      writeFileSync(path.join(claim, 'claimant.json'), JSON.stringify(claimant));
    };
    claimBy(process.pid, (await processStartTime(process.pid)) ?? '');
    const { code, stderr } = await new Trainer(folder).exit;
    expect(code).toBe(2);
    expect(stderr).toContain(`is being trained already, by process ${process.pid};`);
    expect((await readRun(folder)).trainer).toBeUndefined();

    claimBy(process.pid, 'of an earlier process with this pid');
    // What one left that was killed before its claim had its name.
    mkdirSync(`${claimFolder(folder, undefined)}.XYZ123`);
    await trainToEnd(folder);
    expect(claims(folder)).toEqual([]);
  });

  it('on this machine refuses while another machine trains', async () => {
    const folder = await newRun({ steps: 5 });
    const run = await readRun(folder);
    const trainer = { pid: 1, startTime: 'x', host: 'elsewhere' };
    await writeRun(folder, { ...run, state: 'running', trainer });
    writeFileSync(path.join(folder, runFile.lease), '');
    const { code, stderr } = await new Trainer(folder).exit;
    expect(code).toBe(2);
    expect(stderr).toContain('is being trained already, by process 1 on elsewhere');
    expect((await readRun(folder)).trainer).toEqual(trainer);
  });
});

describe('a damaged run folder', () => {
  const refused = async (folder: string): Promise<Exit> => {
    const exit = await new Trainer(folder).exit;
    expect(exit.code).toBe(2);
    expect(exit.stderr.split('\n')).toHaveLength(2);
    return exit;
  };

  it('with a torn run.json is refused and left as it is', async () => {
    const folder = await newRun({ steps: 5 });
    const file = path.join(folder, runFile.identity);
    truncateSync(file, 100);
    const torn = readFileSync(file, 'utf8');
    expect((await refused(folder)).stderr).toMatch(/run\.json is damaged: it is cut off/);
    expect(readFileSync(file, 'utf8')).toBe(torn);
  });

  it('with an unknown key in its config is refused, naming the key', async () => {
    const folder = await newRun({ steps: 5 });
    const file = path.join(folder, runFile.config);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"nDis"', '"nDiss": 2, "nDis"'));
    expect((await refused(folder)).stderr).toContain('nDiss');
    expect(await readRun(folder)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('nDiss') as string,
    });
  });

  it('that is no run folder is refused', async () => {
    const folder = path.dirname(await newRun({ steps: 5 }));
    expect((await refused(folder)).stderr).toMatch(/is not a run folder/);
    expect((await refused(path.join(folder, 'absent'))).stderr).toMatch(/does not exist/);
  });

  it('whose newest checkpoint is cut off goes on from the one before, and keeps the good ones', async () => {
    const changes = { steps: 12, checkpoints: { every: 4, keepLast: 2 } };
    const whole = await newRun(changes);
    await trainToEnd(whole);
    const folder = await newRun(changes);
    await trainToEnd(folder);
    truncateSync(checkpointFile(folder, 12), 1_000);
    await trainToEnd(folder);
    expect(logOf(folder)).toMatch(/WARN .*Passed over a checkpoint .*step-000012/);
    expect((await listCheckpoints(folder)).map(({ step }) => step)).toEqual([8, 12]);
    expect(await resultOf(folder)).toEqual(await resultOf(whole));
  });

  it('of whose checkpoints none can be read is refused, not trained from the start', async () => {
    const folder = await newRun({ steps: 12, checkpoints: { every: 4 } });
    await trainToEnd(folder);
    const before = await resultOf(folder);
    for (const { file } of await listCheckpoints(folder)) truncateSync(file, 1_000);
    expect((await refused(folder)).stderr).toMatch(/^No checkpoint of .* can be read\. .*cut off/);
    expect(await listCheckpoints(folder)).toHaveLength(3);
    const lines = readFileSync(path.join(folder, runFile.scalars), 'utf8').trim().split('\n');
    expect(lines).toHaveLength((before['scalars'] as object[]).length);
  });

  it('whose checkpoints were lost is refused, not trained from the start', async () => {
    const folder = await newRun({ steps: 12, checkpoints: { every: 4 } });
    await trainToEnd(folder);
    rmSync(path.join(folder, runFile.checkpoints), { recursive: true });
    expect((await refused(folder)).stderr).toContain('had reached step 12, but has no checkpoint');
  });

  it('that lost its empty folders when it was copied is trained', async () => {
    const folder = await newRun({ steps: 3, samples: { every: 1 } });
    for (const name of [runFile.checkpoints, runFile.samples]) {
      rmSync(path.join(folder, name), { recursive: true });
    }
    await trainToEnd(folder);
  });

  it('in which a killed trainer had logged lines and saved nothing is trained from the start', async () => {
    const folder = await newRun({ steps: 60 });
    const trainer = new Trainer(folder);
    await trainer.until(({ progress }) => progress.step > 1, 'some steps');
    await trainer.kill();
    await trainToEnd(folder);
    const steps = (await resultOf(folder))['scalars'] as { step: number }[];
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });
});

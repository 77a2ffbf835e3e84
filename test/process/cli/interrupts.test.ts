import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifyRun } from '../../../src/runs/classify';
import {
  checkpointNames,
  eventually,
  identityOf,
  onlyRun,
  runCommand,
  startCommand,
  temporaryFolder,
  tiny,
  type RunningCommand,
} from './command';

/** More steps than any of these tests lets it do. */
const endless = [...tiny, '--set', 'steps=1000000'];

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function startTraining(): Promise<RunningCommand> {
  const command = startCommand(folder, 'train', ...endless);
  await command.shows(/^step \d/m);
  return command;
}

function trainerPid(): number {
  const pid = identityOf(onlyRun(folder)).trainer?.pid;
  if (pid === undefined) throw new Error('run.json names no trainer.');
  return pid;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('sn-gan train, interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'saves a checkpoint and exits 0 at %s',
    async (signal) => {
      const command = await startTraining();
      command.signal(signal);
      // npx passes Ctrl-C on, so that it arrives twice; that is still one press.
      command.signal(signal);
      const { code, stdout } = await command.ended;
      expect(code).toBe(0);
      const run = onlyRun(folder);
      const { state, progress } = identityOf(run);
      expect(state).toBe('stopped');
      expect(checkpointNames(run)).toHaveLength(1);
      expect(stdout).toContain(`sn-gan resume ${path.join('runs', path.basename(run))}`);
      expect(progress.total).toBe(1_000_000);
    },
  );

  it('kills the trainer and exits 130 at once when it is interrupted twice', async () => {
    const command = await startTraining();
    const pid = trainerPid();
    // A trainer that cannot answer, as during a very long step.
    process.kill(pid, 'SIGSTOP');
    command.signal('SIGINT');
    await command.shows(/Ctrl-C again exits at once/);
    await sleep(600);
    command.signal('SIGINT');
    const { code } = await command.ended;
    expect(code).toBe(130);
    await eventually('the trainer has gone', () => !lives(pid));
    expect(checkpointNames(onlyRun(folder))).toEqual([]);
    expect(await classifyRun(onlyRun(folder))).toBe('dead');
  });

  it('stops cleanly when it is interrupted while the trainer still prepares', async () => {
    const command = startCommand(folder, 'train', ...endless);
    await command.shows(/Loading the images/);
    command.signal('SIGINT');
    const { code, stderr } = await command.ended;
    expect(code).toBe(0);
    expect(identityOf(onlyRun(folder)).state).toBe('stopped');
    expect(stderr).not.toMatch(/^step \d{3}/m);
  });
});

describe('sn-gan resume', () => {
  it('refuses a run that is being trained, and exits 2', async () => {
    const command = await startTraining();
    const { code, stderr } = await runCommand(folder, 'resume', onlyRun(folder));
    expect(code).toBe(2);
    expect(stderr).toBe(
      `sn-gan: ${onlyRun(folder)} is being trained by process ${trainerPid()} (running); stop that one first.\n`,
    );
    command.signal('SIGINT');
    expect((await command.ended).code).toBe(0);
  });
});

describe('sn-gan train, killed', () => {
  it('leaves a trainer that saves a checkpoint and stops by itself', async () => {
    const command = await startTraining();
    const run = onlyRun(folder);
    const pid = trainerPid();
    command.signal('SIGKILL');
    await command.ended;
    await eventually('the run has stopped', () => identityOf(run).state === 'stopped');
    await eventually('the trainer has gone', () => !lives(pid));
    expect(checkpointNames(run)).toHaveLength(1);
  });

  it('takes a trainer along that still prepares', async () => {
    const command = startCommand(folder, 'train', ...endless);
    await command.shows(/Loading the images/);
    command.signal('SIGKILL');
    await command.ended;
    const run = onlyRun(folder);
    await eventually('the run has stopped', () => identityOf(run).state === 'stopped');
  });
});

describe('sn-gan train, whose trainer is killed', () => {
  it('says how it died with the end of its log, and exits 3', async () => {
    const command = await startTraining();
    process.kill(trainerPid(), 'SIGKILL');
    const { code, stderr } = await command.ended;
    expect(code).toBe(3);
    expect(stderr).toContain('The trainer ended by SIGKILL without saying why');
    expect(stderr).toMatch(/The last lines of its log:\n {2}\[.*INFO/);
  });
});

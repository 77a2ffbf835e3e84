import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Evidence, classifyRun, decideStatus } from '../../../src/runs/classify';
import { LEASE_VALID_MS, leaseAge, touchLease } from '../../../src/runs/lease';
import { processStartTime } from '../../../src/runs/processIdentity';
import { writeRun } from '../../../src/runs/runIdentity';
import type { RunIdentity, RunState, RunStatus } from '../../../src/shared/runFolder';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-classify-'));
afterAll(() => rmSync(root, { recursive: true }));

const trainer = { pid: 1, startTime: 't', host: 'here' };
function identity(state: RunState, by?: RunIdentity['trainer']): RunIdentity {
  return {
    format: 1,
    id: 'x',
    name: 'x',
    created: new Date().toISOString(),
    state,
    ...(by === undefined ? {} : { trainer: by }),
    progress: { step: 0, total: 1, imagesPerSecond: 0 },
  };
}

describe('decideStatus', () => {
  const fresh = 500;
  const old = 60_000;
  const ancient = 600_000;
  const abroad = { ...trainer, host: 'there' };
  type Case = [string, RunIdentity, Omit<Evidence, 'identity' | 'host'>, RunStatus];
  const gone = 'gone' as const;
  const alive = 'alive' as const;
  const unknown = 'unknown' as const;
  const cases: Case[] = [
    [
      'finished, process gone',
      identity('finished', trainer),
      { age: ancient, leaseAge: old, trainer: gone },
      'finished',
    ],
    [
      'finished, process still ending',
      identity('finished', trainer),
      { age: ancient, leaseAge: fresh, trainer: alive },
      'finished',
    ],
    [
      'stopped',
      identity('stopped', trainer),
      { age: ancient, leaseAge: old, trainer: gone },
      'stopped',
    ],
    [
      'failed',
      identity('failed', trainer),
      { age: ancient, leaseAge: undefined, trainer: gone },
      'failed',
    ],
    [
      'failed on another machine',
      identity('failed', abroad),
      { age: ancient, leaseAge: fresh, trainer: unknown },
      'failed',
    ],
    [
      'running and alive',
      identity('running', trainer),
      { age: ancient, leaseAge: fresh, trainer: alive },
      'running',
    ],
    [
      'alive after the machine slept',
      identity('running', trainer),
      { age: ancient, leaseAge: ancient, trainer: alive },
      'running',
    ],
    [
      'paused and alive',
      identity('paused', trainer),
      { age: ancient, leaseAge: fresh, trainer: alive },
      'paused',
    ],
    [
      'starting and alive',
      identity('starting', trainer),
      { age: fresh, leaseAge: fresh, trainer: alive },
      'running',
    ],
    [
      'killed a moment ago, lease still fresh',
      identity('running', trainer),
      { age: ancient, leaseAge: fresh, trainer: gone },
      'dead',
    ],
    [
      'killed while paused',
      identity('paused', trainer),
      { age: ancient, leaseAge: ancient, trainer: gone },
      'dead',
    ],
    [
      'folder just made, trainer not yet there',
      identity('starting'),
      { age: fresh, leaseAge: undefined, trainer: unknown },
      'running',
    ],
    [
      'trainer died before it wrote its pid',
      identity('starting'),
      { age: ancient, leaseAge: undefined, trainer: unknown },
      'dead',
    ],
    [
      'slow start that holds the lease',
      identity('starting'),
      { age: ancient, leaseAge: fresh, trainer: unknown },
      'running',
    ],
    [
      'a creation time that lies ahead',
      identity('starting'),
      { age: -ancient, leaseAge: undefined, trainer: unknown },
      'dead',
    ],
    [
      'an unreadable creation time',
      identity('starting'),
      { age: NaN, leaseAge: undefined, trainer: unknown },
      'dead',
    ],
    [
      'another machine trains',
      identity('running', abroad),
      { age: ancient, leaseAge: old, trainer: unknown },
      'elsewhere',
    ],
    [
      'another machine pauses',
      identity('paused', abroad),
      { age: ancient, leaseAge: fresh, trainer: unknown },
      'elsewhere',
    ],
    [
      'another machine’s clock runs ahead',
      identity('running', abroad),
      { age: ancient, leaseAge: -old, trainer: unknown },
      'elsewhere',
    ],
    [
      'copied from another machine',
      identity('running', abroad),
      { age: ancient, leaseAge: ancient, trainer: unknown },
      'dead',
    ],
    [
      'copied without the lease',
      identity('running', abroad),
      { age: ancient, leaseAge: undefined, trainer: unknown },
      'dead',
    ],
    [
      'process unknown, lease fresh',
      identity('running', trainer),
      { age: ancient, leaseAge: fresh, trainer: unknown },
      'running',
    ],
    [
      'process unknown, lease just valid',
      identity('paused', trainer),
      { age: ancient, leaseAge: LEASE_VALID_MS, trainer: unknown },
      'paused',
    ],
    [
      'process unknown, lease just over',
      identity('running', trainer),
      { age: ancient, leaseAge: LEASE_VALID_MS + 1, trainer: unknown },
      'dead',
    ],
    [
      'process unknown, lease far ahead',
      identity('running', trainer),
      { age: ancient, leaseAge: -old, trainer: unknown },
      'dead',
    ],
  ];
  it.each(cases)('%s', (_, run, evidence, expected) => {
    expect(decideStatus({ identity: run, host: 'here', ...evidence })).toBe(expected);
  });
});

describe('classifyRun', () => {
  it('sees a trainer live and die', async () => {
    const folder = path.join(root, 'live');
    mkdirSync(folder);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = child.pid ?? 0;
    const startTime = (await processStartTime(pid)) ?? '';
    await writeRun(folder, identity('running', { pid, startTime, host: hostname() }));
    touchLease(folder);
    expect(await classifyRun(folder)).toBe('running');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await classifyRun(folder)).toBe('dead');
  });

  it('is not fooled by a pid that was used again', async () => {
    const folder = path.join(root, 'reused');
    mkdirSync(folder);
    const reused = { pid: process.pid, startTime: 'before', host: hostname() };
    await writeRun(folder, identity('running', reused));
    touchLease(folder);
    expect(await classifyRun(folder)).toBe('dead');
  });
});

describe('lease', () => {
  it('has no age before the first touch, and starts again with each touch', async () => {
    expect(await leaseAge(root)).toBeUndefined();
    touchLease(root);
    expect(await leaseAge(root)).toBeLessThan(2000);
    const past = new Date(Date.now() - 60_000);
    utimesSync(path.join(root, 'lease'), past, past);
    // File systems keep times to 2 s at worst (FAT).
    expect(Math.abs(((await leaseAge(root)) ?? 0) - 60_000)).toBeLessThan(3000);
    touchLease(root);
    expect(await leaseAge(root)).toBeLessThan(2000);
  });

  it('says that the run folder is gone', () => {
    expect(() => touchLease(path.join(root, 'missing'))).toThrow(/Cannot create .*does not exist/);
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    expect(() => touchLease(file)).toThrow(/a part of the path is a file/);
  });
});

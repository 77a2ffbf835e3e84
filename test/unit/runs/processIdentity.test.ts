import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  isAlive,
  processStartTime,
  startFromPs,
  startTicks,
} from '../../../src/runs/processIdentity';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

const children: ChildProcess[] = [];
function start(program: string, args: string[]): ChildProcess & { pid: number } {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.pid === undefined) throw new Error(`${program} did not start`);
  children.push(child);
  return child as ChildProcess & { pid: number };
}
const waitingNode = (): ChildProcess & { pid: number } =>
  start(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
});

describe('processStartTime', () => {
  it('stays the same for one process and differs between two', async () => {
    const first = waitingNode();
    // Start times have a resolution of 10 ms on Linux and of 1 s where ps prints them.
    await sleep(process.platform === 'linux' ? 50 : 1100);
    const second = waitingNode();
    const time = await processStartTime(first.pid);
    expect(time).toBeTruthy();
    expect(await processStartTime(second.pid)).not.toBe(time);
    expect(await processStartTime(first.pid)).toBe(time);
  });

  it('is undefined when the process has ended', async () => {
    const child = waitingNode();
    const time = await processStartTime(child.pid);
    expect(await isAlive(child.pid, time ?? '')).toBe(true);
    await kill(child);
    expect(await processStartTime(child.pid)).toBeUndefined();
    expect(await isAlive(child.pid, time ?? '')).toBe(false);
  });

  it('tells a process from an earlier one that had its pid', async () => {
    expect(await isAlive(process.pid, 'earlier')).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'does not take a zombie for a living process (Windows has none)',
    async () => {
      // The shell becomes `sleep`, which never waits for the child that the shell began.
      const parent = start('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30']);
      const [line] = (await once(parent.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
      const pid = Number(line.toString());
      await expect.poll(() => processStartTime(pid), { timeout: 20_000 }).toBeUndefined();
      // Its pid is still taken, by the zombie.
      expect(process.kill(pid, 0)).toBe(true);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'is right for a program named to confuse a parser of /proc (Linux only)',
    async () => {
      const program = path.join(folder, 'a) Z 1 (b');
      copyFileSync('/bin/sleep', program);
      const plain = start('/bin/sleep', ['30']);
      const odd = start(program, ['30']);
      const [a, b] = [await processStartTime(plain.pid), await processStartTime(odd.pid)];
      const ticks = (time: string | undefined): number => Number(time?.split('/')[1]);
      // Started together: within 2 s, 200 ticks, even on a busy machine.
      expect(Math.abs(ticks(a) - ticks(b))).toBeLessThan(200);
    },
  );
});

describe('startTicks', () => {
  // Fields 3 to 22 of proc_pid_stat(5): state … starttime.
  const fields = (state: string): string =>
    `${state} 1 2 3 0 -1 4194560 100 0 0 0 5 6 0 0 20 0 7 0 987654 1000 200`;

  it.each(['(node)', '(a b)', '(a) S 1 (b)', '())', '(Z)'])('finds field 22 after %s', (name) => {
    expect(startTicks(`42 ${name} ${fields('S')}`)).toBe('987654');
  });

  it.each(['Z', 'X'])('is undefined in state %s', (state) => {
    expect(startTicks(`42 (node) ${fields(state)}`)).toBeUndefined();
  });

  it('refuses text that is something else', () => {
    expect(() => startTicks('42 (node) S 1 2')).toThrow(/start time/);
  });
});

describe('startFromPs', () => {
  it('takes the time and not the state, which changes', () => {
    const time = 'Mon Jan 1 10:00:00 2024';
    expect(startFromPs('Ss   Mon Jan  1 10:00:00 2024\n')).toBe(time);
    expect(startFromPs('R+   Mon Jan  1 10:00:00 2024\n')).toBe(time);
    expect(startFromPs('Z    Mon Jan  1 10:00:00 2024\n')).toBeUndefined();
    expect(startFromPs('')).toBeUndefined();
  });
});

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leaseAge, LEASE_INTERVAL_MS } from '../../../src/runs/lease';
import { readRun } from '../../../src/runs/runIdentity';
import type { Hint } from '../../../src/shared/control';
import { runFile } from '../../../src/shared/runFolder';
import { ControlClient } from '../../../src/trainer/controlClient';
import { GRACE_MS } from '../../../src/trainer/controlGrant';
import { eventually, logOf, newRun, Trainer } from './tinyRun';

let folder: string;
let trainer: Trainer;

beforeEach(async () => {
  folder = await newRun({ steps: 100_000, log: { every: 5 } });
  trainer = new Trainer(folder);
});
afterEach(() => trainer.kill());

/** Steps done; run.json tells at least every second. */
const stepOf = async (): Promise<number> => (await readRun(folder)).progress.step;

async function expectProgress(): Promise<void> {
  const { progress } = await trainer.until(({ state }) => state === 'running', 'it runs');
  await trainer.until((run) => run.progress.step > progress.step, 'it goes on');
}

/** A connection that says and reads what the test likes. */
async function rawConnection(): Promise<Socket> {
  const socket = connect(await trainer.address());
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  // Being cut off is what some of the tests are about.
  socket.on('error', () => undefined);
  return socket;
}

const token = (): string => readFileSync(path.join(folder, runFile.controlKey), 'utf8').trim();
const hello = (role = 'controller'): string =>
  `${JSON.stringify({ type: 'hello', token: token(), role })}\n`;
const command = (id: number, name: string): string =>
  `${JSON.stringify({ type: 'command', id, command: name })}\n`;
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

/** Processor time of a process in clock ticks of 10 ms (proc_pid_stat(5), fields 14 and 15). */
function processorTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[14 - 3]) + Number(fields[15 - 3]);
}

describe('a paused trainer', () => {
  it.skipIf(process.platform !== 'linux')(
    'uses no processor time and keeps its lease (skipped where there is no /proc)',
    async () => {
      const client = await trainer.connect();
      await client.command('pause');
      expect((await readRun(folder)).state).toBe('paused');
      const before = processorTicks(trainer.pid);
      await sleep(2_000);
      // The thread of the lease wakes up twice; a trainer at work would use 200 ticks.
      expect(processorTicks(trainer.pid) - before).toBeLessThan(15);
      expect(await leaseAge(folder)).toBeLessThan(2 * LEASE_INTERVAL_MS);
      client.close();
    },
  );

  it('makes checkpoints and grids on command, goes on when resumed and stops when told', async () => {
    const client = await trainer.connect();
    const pausedAt = await client.command('pause');
    // A second pause changes nothing.
    expect(await client.command('pause')).toBe(pausedAt);
    const step = await stepOf();
    expect(pausedAt).toBe(`paused at step ${step}`);
    for (const made of [await client.command('checkpoint'), await client.command('sample')]) {
      expect(existsSync(made), made).toBe(true);
      expect(path.basename(made)).toContain(String(step));
    }
    expect(await stepOf()).toBe(step);

    await client.command('resume');
    await expectProgress();
    await client.command('pause');
    const file = await client.command('stop');
    expect(existsSync(file)).toBe(true);
    expect((await trainer.exit).code).toBe(0);
    const { state, reason, progress } = await readRun(folder);
    expect({ state, reason }).toEqual({
      state: 'stopped',
      reason: `Stopped at step ${progress.step} on request.`,
    });
  });

  it('is woken by a signal to stop', async () => {
    const client = await trainer.connect();
    await client.command('pause');
    expect((await trainer.kill('SIGTERM')).code).toBe(0);
    expect((await readRun(folder)).state).toBe('stopped');
  });
});

describe('a running trainer', () => {
  it('makes checkpoints and grids on command', async () => {
    const client = await trainer.connect();
    const made = await Promise.all([client.command('checkpoint'), client.command('sample')]);
    for (const file of made) expect(existsSync(file), file).toBe(true);
    await expectProgress();
    client.close();
  });

  it('serves twenty clients at once', async () => {
    await trainer.address();
    const clients = await Promise.all(Array.from({ length: 20 }, () => trainer.connect()));
    const hints = clients.map(
      (client) => new Promise<Hint>((resolve) => (client.onHint = (hint) => resolve(hint))),
    );
    const answers = clients.map((client) => {
      client.takeControl();
      return client.command('sample');
    });
    for (const file of await Promise.all(answers)) expect(existsSync(file), file).toBe(true);
    for (const { total } of await Promise.all(hints)) expect(total).toBe(100_000);
    clients.forEach((client) => client.close());
    await expectProgress();
  });

  it('lets a watcher see hints and give no command', async () => {
    const watcher = await trainer.connect('watcher');
    await new Promise<void>((resolve) => (watcher.onHint = () => resolve()));
    await expect(watcher.command('stop')).rejects.toThrow(/closed the connection/);
    await expectProgress();
  });

  it('turns away a wrong token, and a command before any', async () => {
    const address = await trainer.address();
    const other = await newRun({ steps: 1 });
    await expect(ControlClient.connect(other, address, 'controller')).rejects.toThrow(
      /cannot be reached: it closed the connection/,
    );
    const socket = await rawConnection();
    socket.resume().write(command(1, 'stop'));
    await closed(socket);
    await expectProgress();
  });

  it('obeys one controller at a time', async () => {
    const first = await trainer.connect();
    const second = await trainer.connect();
    expect([first.granted, second.granted]).toEqual([true, false]);
    await expect(second.command('pause')).rejects.toThrow(/controls this run; take control/);
    const changes: boolean[] = [];
    first.onControl = (granted) => changes.push(granted);
    second.takeControl();
    expect(await second.command('pause')).toMatch(/^paused/);
    await expect(first.command('resume')).rejects.toThrow(/take control/);
    second.close();
    await eventually('the first has control again', () => first.granted || undefined);
    expect(changes).toEqual([false, true]);
    await first.command('resume');
    expect(logOf(folder)).toMatch(/Controller 2 takes control/);
  });

  it('stops when whoever controlled it wished so, goes, and does not come back', async () => {
    const address = await trainer.address();
    const options = { whenGone: 'stop' } as const;
    const before = await ControlClient.connect(folder, address, 'controller', options);
    before.close();
    await before.closed;
    // A window that reloads.
    const after = await ControlClient.connect(folder, address, 'controller', options);
    expect(after.granted).toBe(true);
    const watcher = await trainer.connect('watcher');
    const left = Date.now();
    after.close();
    expect((await trainer.exit).code).toBe(0);
    // It counted from the second farewell, not from the first.
    expect(Date.now() - left).toBeGreaterThan(GRACE_MS - 100);
    expect((await readRun(folder)).state).toBe('stopped');
    expect(logOf(folder)).toMatch(/The window that controlled this run has gone/);
    await watcher.closed;
  });

  it('stops with a checkpoint when its owner goes', async () => {
    const owner = await trainer.connect('owner');
    await expectProgress();
    owner.close();
    expect((await trainer.exit).code).toBe(0);
    const { state, progress } = await readRun(folder);
    expect(state).toBe('stopped');
    const stem = `step-${String(progress.step).padStart(6, '0')}`;
    expect(existsSync(path.join(folder, runFile.checkpoints, `${stem}.safetensors`))).toBe(true);
  });

  it('sends at most ten hints a second, and the last state in any case', async () => {
    const client = await trainer.connect();
    const hints: Hint[] = [];
    client.onHint = (hint) => hints.push(hint);
    const start = performance.now();
    // Every change of state is urgent.
    for (let i = 0; i < 40; i++) await client.command(i % 2 === 0 ? 'pause' : 'resume');
    await sleep(1_000);
    await client.command('pause');
    await eventually('the hint of the pause', () => hints.at(-1)?.state === 'paused' || undefined);
    const seconds = (performance.now() - start) / 1_000;
    expect(hints.length).toBeGreaterThan(5);
    expect(hints.length).toBeLessThanOrEqual(10 * seconds + 1);
    client.close();
  });
});

describe('the control socket', () => {
  it.each([
    ['bytes that are no text', Buffer.from([0, 255, 10, 254, 13, 10, 0])],
    ['a flood of empty lines', '\n'.repeat(200_000)],
    ['JSON of other kinds', 'null\n[]\n{}\n{"type":"hello"}\n'],
    ['a line without end', 'x'.repeat(1_000_000)],
    ['deep nesting', `${'['.repeat(4_000)}\n`],
  ])('cuts off a client that sends %s, with one line in the log', async (_, garbage) => {
    const socket = await rawConnection();
    const end = closed(socket);
    socket.resume().write(garbage);
    await end;
    await expectProgress();
    expect(logOf(folder).match(/WARN/g)?.length ?? 0).toBeLessThanOrEqual(2);
  });

  it('is kept from its users by no client that never reads', async () => {
    const deaf = await rawConnection();
    deaf.pause();
    const end = closed(deaf);
    const client = await trainer.connect('owner');
    await client.command('pause');
    const before = residentBytes();
    deaf.write(hello());
    for (let id = 1; id <= 20_000; id++) deaf.write(command(id, 'checkpoint'));
    await sleep(1_000);
    await client.command('resume');
    await expectProgress();
    // Some 3 MB of answers; what is not read is bounded by 64 KiB. The rest is what 20,000 commands
    // leave for the garbage collector, up to 140 MB under Node 24.
    if (process.platform === 'linux') expect(residentBytes() - before).toBeLessThan(250e6);
    deaf.resume();
    await end;
    await client.command('stop');
    expect((await trainer.exit).code).toBe(0);
  });

  it('survives clients that vanish with hints unread and commands unanswered', async () => {
    await trainer.address();
    for (let i = 0; i < 10; i++) {
      const socket = await rawConnection();
      socket.pause();
      socket.write(hello());
      socket.write(command(1, 'sample'));
      await sleep(50);
      socket.destroy();
    }
    await expectProgress();
  });

  it('closes although clients neither read nor hang up', async () => {
    const silent = await rawConnection();
    const deaf = connect({ path: await trainer.address(), allowHalfOpen: true });
    deaf.on('error', () => undefined);
    deaf.pause();
    deaf.write(hello('watcher'));
    const client = await trainer.connect();
    const start = performance.now();
    await client.command('stop');
    expect((await trainer.exit).code).toBe(0);
    expect(performance.now() - start).toBeLessThan(4_000);
    silent.destroy();
    deaf.destroy();
  });

  it('goes with the trainer, and a dead one left behind is in nobody’s way', async () => {
    const address = await trainer.address();
    await trainer.kill();
    expect(existsSync(address)).toBe(process.platform !== 'win32');
    await expect(ControlClient.connect(folder, address, 'controller')).rejects.toThrow(
      /cannot be reached/,
    );
    trainer = new Trainer(folder);
    const client = await trainer.connect();
    await client.command('stop');
    await trainer.exit;
    expect(existsSync(address)).toBe(false);
  });

  it('of a copied run folder is another one', async () => {
    const copy = `${folder}-copy`;
    const client = await trainer.connect();
    await client.command('checkpoint');
    await client.command('stop');
    await trainer.exit;
    cpSync(folder, copy, { recursive: true });
    trainer = new Trainer(folder);
    const second = new Trainer(copy);
    expect(await second.address()).not.toBe(await trainer.address());
    const [a, b] = [await trainer.connect(), await second.connect()];
    expect(path.dirname(path.dirname(await a.command('stop')))).toBe(folder);
    expect(path.dirname(path.dirname(await b.command('stop')))).toBe(copy);
    await second.exit;
  });
});

/** Memory of the trainer in bytes; 0 where there is no /proc. */
function residentBytes(): number {
  if (process.platform !== 'linux') return 0;
  const status = readFileSync(`/proc/${trainer.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

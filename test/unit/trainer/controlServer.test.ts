import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControlCommand, WhenGone } from '../../../src/shared/control';
import { runFile } from '../../../src/shared/runFolder';
import { ControlClient } from '../../../src/trainer/controlClient';
import { ControlServer } from '../../../src/trainer/controlServer';

/** Short, because what needs the exact time is tested without sockets. */
const GRACE = 100;

let folder: string;
let server: ControlServer;
let abandoned: string[];
let ownerGone: boolean;
let commands: ControlCommand[];
let values: number[];
let lines: string[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-control-'));
  writeFileSync(path.join(folder, runFile.controlKey), 'key');
  [abandoned, ownerGone, commands, values, lines] = [[], false, [], [], []];
  const say = (line: string): void => void lines.push(line);
  server = await ControlServer.listen({
    folder,
    runId: 'run',
    token: 'key',
    onCommand: (command, value) => {
      commands.push(command);
      if (value !== undefined) values.push(value);
      return Promise.resolve(`did ${command}`);
    },
    onOwnerGone: () => (ownerGone = true),
    onAbandoned: (then) => abandoned.push(then),
    log: { info: say, warn: say, error: say },
    graceMs: GRACE,
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const controller = (whenGone?: WhenGone): Promise<ControlClient> =>
  ControlClient.connect(folder, server.address, 'controller', whenGone ? { whenGone } : {});

async function leave(client: ControlClient): Promise<void> {
  client.close();
  await client.closed;
}

/** Resolves at the next change of what a controller may do. */
const change = (client: ControlClient): Promise<boolean> =>
  new Promise((resolve) => (client.onControl = resolve));

describe('of several controllers', () => {
  it('the first may command, and the others follow in the order in which they came', async () => {
    const [first, second, third] = [await controller(), await controller(), await controller()];
    expect([first, second, third].map(({ granted }) => granted)).toEqual([true, false, false]);
    expect(await first.command('pause')).toBe('did pause');
    await expect(third.command('stop')).rejects.toThrow('take control of it first');
    expect(commands).toEqual(['pause']);

    const promoted = change(second);
    await leave(first);
    expect(await promoted).toBe(true);
    expect(third.granted).toBe(false);
    const last = change(third);
    await leave(second);
    expect(await last).toBe(true);
    expect(await third.command('resume')).toBe('did resume');
    expect(lines.filter((line) => line.includes('has control'))).toEqual([
      'Controller 1 has control.',
      'Controller 2 has control.',
      'Controller 3 has control.',
    ]);
  });

  it('one takes control, and the former gets it back when that one goes', async () => {
    const [first, second, third] = [await controller(), await controller(), await controller()];
    const lost = change(first);
    third.takeControl();
    expect(await third.command('sample')).toBe('did sample');
    expect(await lost).toBe(false);
    await expect(first.command('stop')).rejects.toThrow('take control');
    const regained = change(first);
    await leave(third);
    expect(await regained).toBe(true);
    expect(second.granted).toBe(false);
  });

  it('one that leaves without control changes nothing', async () => {
    const [first, second] = [await controller('stop'), await controller('stop')];
    await leave(second);
    await sleep(2 * GRACE);
    expect(await first.command('sample')).toBe('did sample');
    expect(abandoned).toEqual([]);
  });
});

describe('an owner', () => {
  it('commands whoever has control, and stays one when controllers go', async () => {
    const first = await controller('stop');
    const owner = await ControlClient.connect(folder, server.address, 'owner');
    expect(await owner.command('pause')).toBe('did pause');
    expect(first.granted).toBe(true);
    await leave(first);
    await sleep(2 * GRACE);
    expect(abandoned).toEqual([]);
    expect(ownerGone).toBe(false);
    await leave(owner);
    expect(ownerGone).toBe(true);
  });

  it.each(['owner', 'watcher'] as const)('or watcher (%s) may not take control', async (role) => {
    const client = await ControlClient.connect(folder, server.address, role);
    client.takeControl();
    await client.closed;
    expect(lines.at(-1)).toMatch(/something it may not/);
  });
});

describe('when the controller goes', () => {
  it.each(['pause', 'stop'] as const)('and wished it, the training will %s', async (whenGone) => {
    await leave(await controller(whenGone));
    await expect.poll(() => abandoned).toEqual([whenGone]);
  });

  it('because the trainer ends, nobody is missed', async () => {
    const client = await controller('stop');
    await server.close();
    await client.closed;
    await sleep(2 * GRACE);
    expect(abandoned).toEqual([]);
  });
});

describe('a command that sets a number', () => {
  it('brings it along', async () => {
    const client = await controller();
    expect(await client.command('exactEvery', 10)).toBe('did exactEvery');
    expect(values).toEqual([10]);
  });

  it.each([
    ['lacks it', 'exactEvery', undefined],
    ['has one below 0', 'exactEvery', -1],
    ['has one that is no whole number', 'exactEvery', 1.5],
    ['has one, but sets nothing', 'pause', 1],
  ] as const)('is no message of a client of ours where it %s', async (_, command, value) => {
    const client = await controller();
    await expect(client.command(command, value)).rejects.toThrow('closed the connection');
    expect(commands).toEqual([]);
  });
});

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListedRun } from '../../../src/extension/runs/listedRun';
import { RunList } from '../../../src/extension/runs/runList';
import { Supervisor } from '../../../src/extension/supervisor/supervisor';
import { processStartTime } from '../../../src/runs/processIdentity';
import { readRun, writeRun } from '../../../src/runs/runIdentity';
import { bundleFolder } from '../../../src/runtime/bundleFolder';
import type { RunStatus } from '../../../src/shared/runFolder';
import { UserError } from '../../../src/shared/userError';
import { ControlClient } from '../../../src/trainer/controlClient';
import { launchTrainer } from '../../../src/trainer/launch';
import { isOwnSocket, socketAddress } from '../../../src/trainer/socketAddress';
import { eventually, newRun, root } from '../trainer/tinyRun';

/** Runs of each test lie in a folder of their own. */
let runsFolder: string;
let windows: PlayedWindow[];
const servers: Server[] = [];

beforeEach(() => {
  runsFolder = mkdtempSync(path.join(root, 'runs-'));
  windows = [];
});
afterEach(async () => {
  await Promise.all(windows.map((window) => window.close()));
  for (const server of servers.splice(0)) server.close();
});

/** A window of an editor: a list of runs and a supervisor, with nobody in front of it. */
class PlayedWindow {
  readonly children: ChildProcess[] = [];
  readonly said: string[] = [];
  readonly ended: { readonly status: RunStatus; readonly sentence: string }[] = [];
  readonly connectedTo: string[] = [];
  trusted = true;
  steps: number | undefined;
  noNode: string | undefined;
  readonly runs: RunList;
  readonly supervisor: Supervisor;

  constructor(private readonly bundle = bundleFolder) {
    this.runs = new RunList({
      folders: () => [runsFolder],
      // There is no editor that watches files: runs are looked at often instead.
      watch: () => ({ dispose: () => undefined }),
      remember: () => undefined,
      onError: (thrown) => {
        throw thrown;
      },
      pollMs: 50,
      coalesceMs: 5,
    });
    this.supervisor = new Supervisor(this.runs, {
      window: {
        trusted: () => this.trusted,
        whileWaiting: (_title, work) => work,
        say: (sentence) => this.said.push(sentence),
        warn: (sentence) => this.said.push(sentence),
        reportEnd: ({ status }, sentence) => this.ended.push({ status, sentence }),
        askSteps: () => Promise.resolve(this.steps),
      },
      launch: (folder) => {
        if (this.noNode !== undefined) return Promise.reject(new UserError(this.noNode));
        const env = { ...process.env, SN_GAN_HOME: path.join(root, 'home') };
        const child = launchTrainer(folder, process.execPath, this.bundle, { env });
        this.children.push(child);
        return Promise.resolve(child);
      },
      connect: (folder, address) => {
        this.connectedTo.push(address);
        return ControlClient.connect(folder, address, 'controller');
      },
      log: { info: () => undefined, debug: () => undefined },
    });
    windows.push(this);
  }

  run(folder: string): ListedRun {
    const run = this.runs.find(folder);
    if (!run) throw new Error(`${folder} is not in the list.`);
    return run;
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    await eventually(what, () => holds() || undefined);
  }

  /** As when the window is closed: nobody says goodbye to the trainer. */
  leave(): void {
    this.supervisor.dispose();
    this.runs.dispose();
  }

  async close(): Promise<void> {
    this.leave();
    for (const child of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    // A killed trainer leaves its socket behind, outside of its folder.
    if (process.platform === 'win32') return;
    for (const { folder } of this.runs.runs) rmSync(await socketAddress(folder), { force: true });
  }
}

/** A run that goes on until somebody stops it. */
const endless = (): Promise<string> => newRun({ steps: 100_000, log: { every: 5 } }, runsFolder);

describe('a supervisor', () => {
  it('starts a trainer, commands it and resumes it', async () => {
    const window = new PlayedWindow();
    const { supervisor } = window;
    const folder = await endless();
    await supervisor.start(folder);
    await window.until('it has control', () => supervisor.control(folder) === 'here');

    await supervisor.act(folder, 'pause');
    expect(window.run(folder).status).toBe('paused');
    await supervisor.act(folder, 'checkpoint');
    await supervisor.act(folder, 'resume');
    expect(window.run(folder).status).toBe('running');
    await supervisor.act(folder, 'stop');
    await window.until('it has stopped', () => window.run(folder).status === 'stopped');
    expect(window.said).toEqual([
      expect.stringMatching(/^Saved step-\d+\.safetensors\.$/),
      'sn-gan has stopped.',
    ]);
    await window.until('it has let go', () => supervisor.control(folder) === 'nobody');

    const { step } = window.run(folder).identity.progress;
    await supervisor.act(folder, 'resume');
    await window.until('it trains on', () => window.run(folder).identity.progress.step > step);
    await window.until('it has control again', () => supervisor.control(folder) === 'here');
    expect(window.ended).toEqual([]);
  });

  it('finds its trainers again after the window was closed', async () => {
    const first = new PlayedWindow();
    const folder = await endless();
    await first.supervisor.start(folder);
    await first.until('it has control', () => first.supervisor.control(folder) === 'here');
    first.leave();

    const second = new PlayedWindow();
    await second.until('the next has control', () => second.supervisor.control(folder) === 'here');
    await second.supervisor.act(folder, 'pause');
    expect(second.run(folder).status).toBe('paused');
  });

  it('watches what another window controls, and takes control when asked', async () => {
    const first = new PlayedWindow();
    const folder = await endless();
    await first.supervisor.start(folder);
    await first.until('the first has control', () => first.supervisor.control(folder) === 'here');
    const second = new PlayedWindow();
    await second.until(
      'the second is connected',
      () => second.supervisor.control(folder) === 'elsewhere',
    );
    await expect(second.supervisor.act(folder, 'pause')).rejects.toThrow('take control');
    await second.supervisor.act(folder, 'takeControl');
    expect(second.supervisor.control(folder)).toBe('here');
    await first.until('the first knows', () => first.supervisor.control(folder) === 'elsewhere');
    await second.supervisor.act(folder, 'pause');
    expect(second.run(folder).status).toBe('paused');
  });

  it('tells that a trainer was killed, once, and resumes it', async () => {
    const window = new PlayedWindow();
    const folder = await endless();
    await window.supervisor.start(folder);
    await window.until('it has control', () => window.supervisor.control(folder) === 'here');
    await window.supervisor.act(folder, 'checkpoint');
    window.children[0].kill('SIGKILL');
    await window.until('the end is told', () => window.ended.length > 0);
    expect(window.ended).toEqual([
      { status: 'dead', sentence: expect.stringContaining('Its trainer ended') as string },
    ]);
    await sleep(200);
    expect(window.ended).toHaveLength(1);
    await window.supervisor.act(folder, 'resume');
    await window.until('it has control again', () => window.supervisor.control(folder) === 'here');
  });

  it('tells why training could not begin', async () => {
    const window = new PlayedWindow();
    const source = path.join(root, 'no images here');
    const folder = await newRun({ data: { source } }, runsFolder);
    await window.supervisor.start(folder);
    await window.until('the end is told', () => window.ended.length > 0);
    expect(window.ended[0].status).toBe('failed');
    expect(window.ended[0].sentence).toContain(source);
    expect(window.run(folder).status).toBe('failed');
  });

  it('writes down that a trainer could not start at all', async () => {
    const window = new PlayedWindow(path.join(root, 'no bundle here'));
    const folder = await endless();
    await window.supervisor.start(folder);
    await window.until('the end is told', () => window.ended.length > 0);
    expect(window.ended[0].sentence).toMatch(/^The trainer could not start \(exit code 1\)/);
    expect(await readRun(folder)).toMatchObject({
      state: 'failed',
      reason: window.ended[0].sentence,
    });
  });

  it('writes down that there is no Node to train with, and says so to who asked', async () => {
    const window = new PlayedWindow();
    window.noNode = 'The setting snGan.nodePath names nothing.';
    const folder = await endless();
    await expect(window.supervisor.start(folder)).rejects.toThrow(window.noNode);
    expect(await readRun(folder)).toMatchObject({ state: 'failed', reason: window.noNode });
    expect(window.ended).toEqual([]);
  });

  it('says nothing of a training that finished, and trains it on to the step that is asked for', async () => {
    const window = new PlayedWindow();
    const folder = await newRun({ steps: 3 }, runsFolder);
    await window.supervisor.start(folder);
    await window.until('it has finished', () => window.run(folder).status === 'finished');
    await window.supervisor.act(folder, 'resume');
    expect(window.children).toHaveLength(1);
    window.steps = 5;
    await window.supervisor.act(folder, 'resume');
    await window.until(
      'it has finished again',
      () =>
        window.run(folder).status === 'finished' && window.run(folder).identity.progress.step === 5,
    );
    expect(window.ended).toEqual([]);
  });
});

describe('in an untrusted workspace a supervisor', () => {
  it('neither starts, connects nor commands', async () => {
    const trusted = new PlayedWindow();
    const folder = await endless();
    const window = new PlayedWindow();
    window.trusted = false;
    await trusted.supervisor.start(folder);
    await trusted.until('it runs', () => trusted.supervisor.control(folder) === 'here');
    await window.until('the run is seen', () => window.runs.find(folder)?.status === 'running');
    await sleep(200);
    expect(window.connectedTo).toEqual([]);
    for (const action of ['pause', 'resume', 'stop', 'takeControl'] as const) {
      await expect(window.supervisor.act(folder, action)).rejects.toThrow('not trusted');
    }
    await expect(window.supervisor.start(folder)).rejects.toThrow('not trusted');
    expect(window.children).toEqual([]);

    window.trusted = true;
    window.supervisor.trustGranted();
    await window.until('it watches', () => window.supervisor.control(folder) === 'elsewhere');
  });
});

describe('a run folder that came from somebody else', () => {
  /** A folder that says that this very process trains it and listens at `control`. */
  async function forged(name: string, control: string): Promise<string> {
    const folder = path.join(runsFolder, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'control.key'), 'secret');
    const startTime = (await processStartTime(process.pid)) ?? '';
    await writeRun(folder, {
      format: 1,
      id: 'x',
      name,
      created: new Date().toISOString(),
      state: 'running',
      trainer: { pid: process.pid, startTime, host: hostname() },
      control,
      progress: { step: 1, total: 2, imagesPerSecond: 1 },
    });
    return folder;
  }

  /** A socket of another program, and what it was sent. */
  async function otherProgram(address: string): Promise<() => string> {
    let received = '';
    const server = createServer((socket) =>
      socket.on('data', (data) => (received += String(data))),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(address, resolve));
    return () => received;
  }

  it.skipIf(process.platform === 'win32')(
    'cannot lead the window to the socket of another program, also not by a link',
    async () => {
      const address = path.join(root, 'agent.sock');
      const received = await otherProgram(address);
      const plain = await forged('plain', address);
      const linked = await forged('linked', '');
      const link = path.join(root, path.basename(await socketAddress(linked)));
      symlinkSync(address, link);
      await writeRun(linked, { ...(await readRun(linked)), control: link });

      const window = new PlayedWindow();
      await window.until('both are seen', () => window.runs.runs.length === 2);
      expect(window.run(plain).status).toBe('running');
      await sleep(700);
      expect(window.connectedTo).toEqual([]);
      expect(received()).toBe('');
      await expect(window.supervisor.act(linked, 'pause')).rejects.toThrow('cannot be reached');
    },
  );

  it.skipIf(process.platform === 'win32')(
    'is reached where its trainer has another temporary folder than the window',
    async () => {
      const folder = await forged('elsewhere', '');
      const address = path.join(root, path.basename(await socketAddress(folder)));
      await otherProgram(address);
      expect(await isOwnSocket(folder, address)).toBe(true);
      expect(await isOwnSocket(folder, path.basename(address))).toBe(false);
      const copy = path.join(runsFolder, 'copy');
      cpSync(folder, copy, { recursive: true });
      expect(await isOwnSocket(copy, address)).toBe(false);
    },
  );

  it('is not reached, commanded or started outside of the runs folders', async () => {
    const folder = await newRun({ steps: 3 }, path.join(root, 'outside'));
    const before = readFileSync(path.join(folder, 'run.json'), 'utf8');
    const window = new PlayedWindow();
    await window.runs.ready;
    for (const action of ['pause', 'resume', 'takeControl'] as const) {
      await expect(window.supervisor.act(folder, action)).rejects.toThrow(
        'not a run of this window',
      );
    }
    expect(window.children).toEqual([]);
    expect(readFileSync(path.join(folder, 'run.json'), 'utf8')).toBe(before);
  });
});

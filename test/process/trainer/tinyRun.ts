import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { resolveConfig } from '../../../src/gan/presets';
import { listCheckpoints, listSamples } from '../../../src/runs/checkpoints';
import { createRunFolder } from '../../../src/runs/newRunFolder';
import { readRun } from '../../../src/runs/runIdentity';
import { readSafetensors } from '../../../src/runs/safetensors';
import { readScalars } from '../../../src/runs/scalars';
import type { ConfigFile } from '../../../src/shared/config';
import { runFile, type RunIdentity } from '../../../src/shared/runFolder';
import { ControlClient } from '../../../src/trainer/controlClient';

/** Real trainer processes on runs so small that a step on wasm takes milliseconds. */

const repository = path.resolve(import.meta.dirname, '../../..');
const trainerBundle = path.join(repository, 'dist/trainer.cjs');

/** Everything that a test file makes; gone after it. */
export const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-trainer-'));
/** Keeps what the trainers remember about runtimes out of the home, and probes once only. */
const home = path.join(root, 'home');

const living = new Set<ChildProcess>();
/** A killed trainer leaves its socket behind, outside of its folder. */
const sockets = new Set<string>();
afterAll(async () => {
  await Promise.all(
    [...living].map(async (child) => {
      child.kill('SIGKILL');
      await once(child, 'close');
    }),
  );
  if (process.platform !== 'win32') for (const socket of sockets) rmSync(socket, { force: true });
  rmSync(root, { recursive: true, force: true });
});

const tiny: ConfigFile = {
  preset: 'quick',
  runtime: 'wasm',
  network: { width: 0.1, latentDim: 8 },
  batch: { discriminator: 4, generator: 4 },
  log: { every: 1 },
  samples: { every: 0, count: 4 },
  checkpoints: { every: 0 },
};

/** Makes a run folder of the tiny network; sections of `changes` replace single keys. */
export async function newRun(changes: ConfigFile, runsFolder = root): Promise<string> {
  const merged = { ...tiny, ...changes };
  const config = resolveConfig({
    ...merged,
    network: { ...tiny.network, ...changes.network },
    batch: { ...tiny.batch, ...changes.batch },
    samples: { ...tiny.samples, ...changes.samples },
  });
  return (await createRunFolder(runsFolder, config)).folder;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A trainer process that a test started. */
export class Trainer {
  readonly exit: Promise<Exit>;
  readonly pid: number;

  /** @param user numeric id of the user who runs it; this one unless given */
  constructor(
    readonly folder: string,
    user?: number,
  ) {
    const child = spawn(process.execPath, [trainerBundle, folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, SN_GAN_HOME: home },
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    if (child.pid === undefined) throw new Error('The trainer could not be started.');
    this.pid = child.pid;
    this.process = child;
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    living.add(child);
    this.exit = new Promise((resolve) =>
      child.on('close', (code, signal) => {
        living.delete(child);
        resolve({ code, signal, stderr });
      }),
    );
  }

  private readonly process: ChildProcess;

  get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    this.process.kill(signal);
    return this.exit;
  }

  /** run.json, once this very process has brought it into a state for which `holds`. */
  async until(holds: (run: RunIdentity) => boolean, what: string): Promise<RunIdentity> {
    return eventually(what, async () => {
      const run = await readRun(this.folder);
      if (run.trainer?.pid === this.pid && run.control) sockets.add(run.control);
      if (run.trainer?.pid === this.pid && holds(run)) return run;
      if (!this.ended) return undefined;
      const { code, signal, stderr } = await this.exit;
      throw new Error(`The trainer ended (${signal ?? code}) before ${what}: ${stderr}`);
    });
  }

  /** Waits for the control socket and connects to it. */
  async connect(role: 'owner' | 'controller' | 'watcher' = 'controller'): Promise<ControlClient> {
    return ControlClient.connect(this.folder, await this.address(), role);
  }

  /** Where the control socket is. */
  async address(): Promise<string> {
    const { control } = await this.until((run) => run.control !== undefined, 'it can be reached');
    return control as string;
  }
}

/** Trains until the process ends by itself, in state finished. */
export async function trainToEnd(folder: string): Promise<void> {
  const { code, stderr } = await new Trainer(folder).exit;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect((await readRun(folder)).state).toBe('finished');
}

/** Asks again and again until there is an answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  timeout = 30_000,
): Promise<T> {
  for (const start = Date.now(); Date.now() - start < timeout; await sleep(5)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`Waited ${timeout} ms in vain for: ${what}.`);
}

/** Tags that tell of time and memory, in which no two runs agree. */
const ofThisRunOnly = /^(time|imagesPerSecond|ms\/.*|memory\/.*)$/;

/** What a run has learnt and logged; equal for runs that did the same. */
export async function resultOf(folder: string): Promise<Record<string, unknown>> {
  const checkpoint = (await listCheckpoints(folder)).at(-1);
  if (checkpoint === undefined) throw new Error(`${folder} has no checkpoint.`);
  const { arrays, metadata } = await readSafetensors(checkpoint.file);
  const { records, torn, damaged } = await readScalars(path.join(folder, runFile.scalars));
  expect({ torn, damaged }).toEqual({ torn: false, damaged: [] });
  const samples = await listSamples(folder);
  return {
    step: checkpoint.step,
    updates: [metadata['updatesD'], metadata['updatesG']],
    // The bits: -0 and 0 would be equal as numbers.
    arrays: [...arrays.values()].map(({ name, shape, data }) => ({
      name,
      shape,
      bits: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
    })),
    scalars: records.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([tag]) => !ofThisRunOnly.test(tag))),
    ),
    grids: samples.map(({ step, file }) => ({ step, png: readFileSync(file).toString('base64') })),
  };
}

/** The log for people, empty when there is none. */
export function logOf(folder: string): string {
  const file = path.join(folder, runFile.log);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

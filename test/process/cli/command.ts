import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunIdentity } from '../../../src/shared/runFolder';

/** Runs the built command as a user would. */

const bundle = path.resolve(import.meta.dirname, '../../../dist/cli.cjs');
if (!existsSync(bundle)) {
  throw new Error(`${bundle} is missing: run "node esbuild.mjs" before these tests.`);
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export class RunningCommand {
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';
  private onOutput: () => void = () => undefined;

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (text: Buffer) => {
      this.stdout += text.toString();
      this.onOutput();
    });
    child.stderr?.on('data', (text: Buffer) => {
      this.stderr += text.toString();
      this.onOutput();
    });
    this.ended = new Promise((resolve) => {
      child.on('close', (code, signal) => {
        const { stdout, stderr } = this;
        resolve({ code, signal, stdout, stderr });
      });
    });
  }

  /** Resolves when standard error shows this. Rejects when the command ends before. */
  async shows(pattern: RegExp): Promise<void> {
    const seen = new Promise<'seen'>((resolve) => {
      this.onOutput = () => {
        if (pattern.test(this.stderr)) resolve('seen');
      };
      this.onOutput();
    });
    const first = await Promise.race([seen, this.ended]);
    if (first !== 'seen') throw new Error(`It never showed ${String(pattern)}: ${first.stderr}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** Starts `sn-gan` with these arguments in a folder. */
export function startCommand(folder: string, ...args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RunningCommand(child);
}

/** The same, believing that standard error is a terminal: progress is drawn at once, as a bar. */
export function startOnTerminal(folder: string, ...args: readonly string[]): RunningCommand {
  const terminal = 'data:text/javascript,process.stderr.isTTY=true';
  const child = spawn(process.execPath, ['--import', terminal, bundle, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RunningCommand(child);
}

/** Runs `sn-gan` to its end. */
export function runCommand(folder: string, ...args: readonly string[]): Promise<Ended> {
  return startCommand(folder, ...args).ended;
}

export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'sn-gan-cli-'));
}

/** Settings of a network so small that a step takes milliseconds. */
export const tiny = [
  'runtime=wasm',
  'preset=quick',
  'network.width=0.1',
  'batch.discriminator=4',
  'batch.generator=4',
  'log.every=2',
  'samples.every=0',
  'checkpoints.every=0',
].flatMap((setting) => ['--set', setting]);

/** The only run folder below a folder's `runs`. */
export function onlyRun(folder: string): string {
  const names = readdirSync(path.join(folder, 'runs'));
  if (names.length !== 1) throw new Error(`There are ${names.length} runs in ${folder}.`);
  return path.join(folder, 'runs', names[0]);
}

export function identityOf(run: string): RunIdentity {
  return JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as RunIdentity;
}

export function checkpointNames(run: string): string[] {
  return readdirSync(path.join(run, 'checkpoints'));
}

/** Resolves when the condition holds. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`In 30 s it never came true: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

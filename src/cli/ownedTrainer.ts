import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRun } from '../runs/runIdentity';
import { bundleFolder } from '../runtime/bundleFolder';
import type { Hint } from '../shared/control';
import type { RunIdentity } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { ControlClient } from '../trainer/controlClient';
import { launchTrainer } from '../trainer/launch';

/** How often run.json is looked at until the trainer can be spoken to. */
const POLL_MS = 100;

/** How a trainer process ended. */
export interface TrainerEnd {
  readonly pid: number | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A trainer that this process started and that ends with it. */
export class OwnedTrainer {
  /** Resolves when the trainer's process has ended. */
  readonly ended: Promise<TrainerEnd>;
  private hasEnded = false;
  private isClaimed = false;
  private stopIsWanted = false;
  private client: ControlClient | undefined;

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve({ pid: child.pid, code, signal }));
    });
    const note = (): void => {
      this.hasEnded = true;
    };
    this.ended.then(note, note);
  }

  /** Starts a trainer of the run in `folder` with this process's own Node. */
  static start(folder: string): OwnedTrainer {
    const child = launchTrainer(folder, process.execPath, bundleFolder, { owned: true });
    return new OwnedTrainer(folder, child);
  }

  /**
   * Waits until training has begun and listens to the trainer from then on.
   *
   * @returns run.json as it was then; undefined when the trainer ended before
   */
  async begun(onHint: (hint: Hint) => void): Promise<RunIdentity | undefined> {
    while (!this.hasEnded) {
      const run = await readRun(this.folder);
      if (run.trainer?.pid === this.child.pid) {
        this.claimed();
        if (run.control !== undefined && (await this.connect(run.control, onHint))) return run;
      }
      await Promise.race([sleep(POLL_MS), this.ended]);
    }
    return undefined;
  }

  /** Asks for a checkpoint and the end; `ended` tells when it has come. */
  stop(): void {
    this.stopIsWanted = true;
    if (this.client) void this.sendStop(this.client);
    else if (this.isClaimed) this.signalStop();
  }

  /** Ends the process, whether or not it can be spoken to; it saves a checkpoint where it can. */
  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /** Ends the process at once; nothing is saved. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** run.json names the trainer, which means that it heeds signals. */
  private claimed(): void {
    if (this.isClaimed) return;
    this.isClaimed = true;
    if (this.stopIsWanted) this.signalStop();
  }

  private async connect(address: string, onHint: (hint: Hint) => void): Promise<boolean> {
    try {
      this.client = await ControlClient.connect(this.folder, address, 'owner');
    } catch (thrown) {
      // A short training may be over by now; another round sees that its process has ended.
      if (thrown instanceof UserError) return false;
      throw thrown;
    }
    this.client.onHint = onHint;
    if (this.stopIsWanted) void this.sendStop(this.client);
    return true;
  }

  /** Windows knows no signals: there the stop waits for the connection. */
  private signalStop(): void {
    if (process.platform !== 'win32') this.child.kill('SIGTERM');
  }

  private async sendStop(client: ControlClient): Promise<void> {
    try {
      await client.command('stop');
    } catch (thrown) {
      // It ended before it answered, or could not save: how it ended tells which.
      if (!(thrown instanceof UserError)) throw thrown;
    }
  }
}

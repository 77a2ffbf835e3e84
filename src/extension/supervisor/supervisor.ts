import type { ControlCommand, Hint } from '../../shared/control';
import type { Control, RunAction } from '../../shared/runActions';
import { Emitter } from '../emitter';
import type { RunList } from '../runs/runList';

/** Starts trainers, stays connected to every living one, and hands commands to them. */
export class Supervisor {
  private readonly controlChanged = new Emitter<string>();
  /** Says the folder of the run whose control changed. */
  readonly onDidChangeControl = this.controlChanged.event;
  private readonly hinted = new Emitter<{ folder: string; hint: Hint }>();
  /** A trainer says that its folder has something new; at most ten times a second each. */
  readonly onHint = this.hinted.event;

  constructor(private readonly runs: RunList) {}

  /** Who may command the trainer of a run. */
  control(folder: string): Control {
    return this.runs.find(folder) ? 'nobody' : 'nobody';
  }

  /** Starts a trainer for a run folder that was just made. */
  start(folder: string): Promise<void> {
    return this.runs.reread(folder);
  }

  /** Sends a command to a living trainer; resolves when it has been carried out. */
  command(folder: string, command: ControlCommand): Promise<void> {
    return Promise.reject(new Error(`${command} ${folder}`));
  }

  /** Asks the trainer to obey this window from now on. */
  takeControl(folder: string): Promise<void> {
    return Promise.reject(new Error(folder));
  }

  /** Goes on: a paused trainer trains again, a run without one gets a new one. */
  resume(folder: string): Promise<void> {
    return Promise.reject(new Error(folder));
  }

  /** Whatever a button says. */
  act(folder: string, action: RunAction): Promise<void> {
    return Promise.reject(new Error(`${action} ${folder}`));
  }

  dispose(): void {
    this.controlChanged.dispose();
    this.hinted.dispose();
  }
}

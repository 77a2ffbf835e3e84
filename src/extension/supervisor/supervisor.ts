import type { ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '@vscode/l10n';
import type { ControlCommand, Hint } from '../../shared/control';
import type { Control, RunAction } from '../../shared/runActions';
import { UserError } from '../../shared/userError';
import { prepareResume } from '../../trainer/prepareResume';
import { isOwnSocket } from '../../trainer/socketAddress';
import { Emitter, type Subscription } from '../emitter';
import { nameOf, type ListedRun } from '../runs/listedRun';
import type { RunList } from '../runs/runList';
import { describeCommand, describeDone } from './commandWords';
import { explainEnd, recordFalseStart } from './explainEnd';
import type { SupervisorWindow } from './supervisorWindow';
import { TrainerConnection, type Link } from './trainerConnection';
import { untrustedReason } from './untrusted';

export interface SupervisorParts {
  readonly window: SupervisorWindow;
  /** Starts a trainer process for a run folder. @throws UserError where no Node can */
  readonly launch: (folder: string) => Promise<ChildProcess>;
  /** Connects to a control socket as a controller. @throws UserError where nobody answers */
  readonly connect: (folder: string, address: string) => Promise<Link>;
  readonly log: { info(message: string): void; debug(message: string): void };
}

/** How often a run is looked at until its trainer can be spoken to. */
const SIGN_OF_LIFE_MS = 250;

/**
 * Starts trainers, stays connected to every living one of the run list, and hands commands to them.
 *
 * Run folders may come from anywhere. So only runs of the list are connected to, only on this
 * machine and at the address that their trainer would make, and in an untrusted workspace none is.
 */
export class Supervisor {
  private readonly controlChanged = new Emitter<string>();
  /** Says the folder of the run whose control changed. */
  readonly onDidChangeControl = this.controlChanged.event;
  private readonly hinted = new Emitter<{ readonly folder: string; readonly hint: Hint }>();
  /** A trainer says that its folder has something new; at most ten times a second each. */
  readonly onHint = this.hinted.event;

  private readonly connections = new Map<string, TrainerConnection>();
  /** Runs whose end this window tells of: those that it started or controlled. */
  private readonly ours = new Set<string>();
  /** Those of which a trainer process is our child, whose exit says more than its folder. */
  private readonly children = new Set<string>();
  private readonly subscription: Subscription;
  private disposed = false;

  constructor(
    private readonly runs: RunList,
    private readonly parts: SupervisorParts,
  ) {
    this.subscription = runs.onDidChange(() => this.follow());
    this.follow();
  }

  /** Who may command the trainer of a run. */
  control(folder: string): Control {
    return this.connections.get(folder)?.control ?? 'nobody';
  }

  /**
   * Starts a trainer for a run folder that was just made.
   *
   * @throws UserError where the workspace is not trusted or no Node can train
   */
  async start(folder: string): Promise<void> {
    this.refuseUntrusted();
    const child = await this.launch(folder);
    this.parts.log.info(`Started a trainer for ${folder}, process ${child.pid ?? 'none'}.`);
    this.ours.add(folder);
    this.children.add(folder);
    const ended = (how: string, failed: boolean): void => {
      this.children.delete(folder);
      this.parts.log.info(`The trainer of ${folder} ended: ${how}.`);
      void this.afterEnd(folder, failed ? how : undefined);
    };
    child.once('error', (error) => ended(error.message, true));
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`, code !== 0));
    child.unref();
    await this.runs.include(path.dirname(folder));
    await this.runs.reread(folder);
    void this.awaitSignOfLife(folder, child.pid);
  }

  /**
   * Sends a command to a living trainer; resolves when it has been carried out.
   *
   * @param value of `exactEvery`
   * @throws UserError where this window may not command it, or it failed
   */
  async command(folder: string, command: ControlCommand, value?: number): Promise<void> {
    this.refuseUntrusted();
    const run = this.known(folder);
    const work = this.connectionOf(run).command(command, value);
    const detail = await this.parts.window.whileWaiting(
      describeCommand(command, nameOf(run)),
      work,
    );
    this.parts.log.info(`${command} of ${folder}: ${detail}`);
    await this.runs.reread(folder);
    const done = describeDone(command, nameOf(run), detail);
    if (done !== undefined) this.parts.window.say(done);
  }

  /**
   * Resolves when the trainer obeys this window.
   *
   * @throws UserError where it cannot be reached
   */
  async takeControl(folder: string): Promise<void> {
    this.refuseUntrusted();
    await this.connectionOf(this.known(folder)).takeControl();
  }

  /**
   * Goes on: a paused trainer trains again; a run without a trainer gets a new one, a finished one
   * after the person has said to which step.
   *
   * @throws UserError where that is impossible
   */
  async resume(folder: string): Promise<void> {
    this.refuseUntrusted();
    // Who asks may have seen later than the list that a paused trainer has died.
    await this.runs.reread(folder);
    const run = this.known(folder);
    if (run.status === 'paused') return this.command(folder, 'resume');
    let steps: number | undefined;
    if (run.status === 'finished') {
      steps = await this.parts.window.askSteps(run);
      if (steps === undefined) return;
    }
    const { notes } = await prepareResume(folder, steps);
    for (const note of notes) this.parts.window.warn(note);
    await this.start(folder);
  }

  /** Whatever a button says. @throws UserError where it did not work */
  act(folder: string, action: RunAction): Promise<void> {
    if (action === 'resume') return this.resume(folder);
    return action === 'takeControl' ? this.takeControl(folder) : this.command(folder, action);
  }

  /** The workspace has become trusted. */
  trustGranted(): void {
    this.follow();
  }

  /** What happens when the window closes has changed: every trainer is told. */
  reconnect(): void {
    for (const connection of this.connections.values()) connection.reconnect();
  }

  dispose(): void {
    this.disposed = true;
    this.subscription.dispose();
    for (const connection of this.connections.values()) connection.dispose();
    this.connections.clear();
    this.controlChanged.dispose();
    this.hinted.dispose();
  }

  private async launch(folder: string): Promise<ChildProcess> {
    try {
      return await this.parts.launch(folder);
    } catch (thrown) {
      if (thrown instanceof UserError) await recordFalseStart(folder, thrown.message);
      await this.runs.reread(folder);
      throw thrown;
    }
  }

  /** Brings the connections in line with the list. */
  private follow(): void {
    if (!this.parts.window.trusted()) return;
    for (const [folder, connection] of this.connections) {
      const run = this.runs.find(folder);
      if (run && isReachable(run)) {
        connection.nudge();
        continue;
      }
      connection.dispose();
      this.connections.delete(folder);
      this.controlChanged.fire(folder);
      if (run && !this.children.has(folder)) void this.afterEnd(folder, undefined);
    }
    for (const run of this.runs.runs) {
      if (isReachable(run) && !this.connections.has(run.folder)) this.connect(run.folder);
    }
  }

  private connect(folder: string): void {
    const connection = new TrainerConnection({
      connect: async () => {
        const address = this.runs.find(folder)?.identity.control;
        if (address === undefined || !(await isOwnSocket(folder, address))) return undefined;
        return this.parts.connect(folder, address);
      },
      onControl: () => {
        if (this.control(folder) === 'here') this.ours.add(folder);
        if (this.control(folder) === 'elsewhere') this.ours.delete(folder);
        this.controlChanged.fire(folder);
      },
      onHint: (hint) => this.heed(folder, hint),
      onLost: () => void this.runs.reread(folder),
      log: (message) => this.parts.log.debug(message),
    });
    this.connections.set(folder, connection);
  }

  private heed(folder: string, hint: Hint): void {
    // Pausing and going on should show at once, whatever file events do.
    if (hint.state !== this.runs.find(folder)?.identity.state) void this.runs.reread(folder);
    this.hinted.fire({ folder, hint });
  }

  /** File events may be late or missing; that a training begins should be seen at once. */
  private async awaitSignOfLife(folder: string, pid: number | undefined): Promise<void> {
    const begun = (): boolean => {
      const identity = this.runs.find(folder)?.identity;
      return identity?.trainer?.pid === pid && identity?.control !== undefined;
    };
    while (this.children.has(folder) && !begun() && !this.disposed) {
      await sleep(SIGN_OF_LIFE_MS);
      await this.runs.reread(folder);
    }
  }

  /** @param how the child's exit where it failed; undefined where it is not known or was well */
  private async afterEnd(folder: string, how: string | undefined): Promise<void> {
    const sentence = await explainEnd(folder, how);
    await this.runs.reread(folder);
    const run = this.runs.find(folder);
    if (!this.ours.delete(folder) || !run || sentence === undefined) return;
    this.parts.window.reportEnd(run, sentence);
  }

  private known(folder: string): ListedRun {
    const run = this.runs.find(folder);
    if (run) return run;
    throw new UserError(t('{0} is not a run of this window; refresh the list of runs.', folder));
  }

  private connectionOf(run: ListedRun): TrainerConnection {
    const connection = this.connections.get(run.folder);
    if (connection) return connection;
    throw new UserError(
      run.status === 'elsewhere'
        ? t(
            '{0} is trained on {1}; command it from there.',
            nameOf(run),
            run.identity.trainer?.host ?? '',
          )
        : t('{0} has no trainer at the moment; resume it first.', nameOf(run)),
    );
  }

  private refuseUntrusted(): void {
    if (!this.parts.window.trusted()) throw new UserError(untrustedReason());
  }
}

/** Whether a trainer of the run lives on this machine, as far as is known. */
function isReachable({ status, identity }: ListedRun): boolean {
  if (status !== 'running' && status !== 'paused') return false;
  return identity.trainer === undefined || identity.trainer.host === hostname();
}

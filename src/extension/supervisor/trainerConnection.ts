import type { ControlCommand, Hint } from '../../shared/control';
import type { Control } from '../../shared/runActions';
import { messageOf, UserError } from '../../shared/userError';

/** The part of a control client that is used here. */
export interface Link {
  readonly granted: boolean;
  onControl: (granted: boolean) => void;
  onHint: (hint: Hint) => void;
  readonly closed: Promise<void>;
  command(command: ControlCommand, value?: number): Promise<string>;
  takeControl(): void;
  close(): void;
}

export interface ConnectionParts {
  /**
   * Connects as a controller; undefined where there is nothing to connect to (yet).
   *
   * @throws UserError where nobody answers
   */
  readonly connect: () => Promise<Link | undefined>;
  readonly onControl: () => void;
  readonly onHint: (hint: Hint) => void;
  /** The trainer or the connection has gone. */
  readonly onLost: () => void;
  readonly log: (message: string) => void;
  readonly firstWaitMs?: number;
}

/** The first attempt that fails is repeated soon, later ones wait longer. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
/** How long a trainer may take to say that this window controls it now. */
const TAKEOVER_MS = 5_000;

/**
 * Keeps this window connected to one trainer for as long as its run lives: connects, and again
 * whenever the connection is lost.
 */
export class TrainerConnection {
  private link: Link | undefined;
  private disposed = false;
  private wake: () => void = () => undefined;

  constructor(private readonly parts: ConnectionParts) {
    void this.keepConnected();
  }

  /** Who may command the trainer. */
  get control(): Control {
    if (!this.link) return 'nobody';
    return this.link.granted ? 'here' : 'elsewhere';
  }

  /** Tries again at once: something about the run has changed. */
  nudge(): void {
    this.wake();
  }

  /**
   * Sends a command; resolves with what was made.
   *
   * @param value of `exactEvery`
   * @throws UserError where this window may not command, or the command failed
   */
  command(command: ControlCommand, value?: number): Promise<string> {
    if (this.link) return this.link.command(command, value);
    return Promise.reject(
      new UserError('The trainer cannot be reached at the moment; try again in a few seconds.'),
    );
  }

  /**
   * Resolves when this window may command.
   *
   * @throws UserError where the trainer cannot be reached or does not answer
   */
  async takeControl(): Promise<void> {
    const { link } = this;
    if (!link) throw new UserError('The trainer cannot be reached at the moment; try again soon.');
    if (link.granted) return;
    link.takeControl();
    const deadline = Date.now() + TAKEOVER_MS;
    while (!link.granted && Date.now() < deadline) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), link.closed]);
      if (this.link !== link) break;
    }
    if (!link.granted) throw new UserError('The trainer did not hand over control; try again.');
  }

  /** Connects anew, for a hello that says something else. */
  reconnect(): void {
    this.link?.close();
  }

  dispose(): void {
    this.disposed = true;
    this.link?.close();
    this.wake();
  }

  private async keepConnected(): Promise<void> {
    const first = this.parts.firstWaitMs ?? FIRST_WAIT_MS;
    let wait = first;
    while (!this.disposed) {
      const link = await this.tryToConnect();
      if (link) {
        await this.hold(link);
        wait = first;
      } else {
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      }
      if (!this.disposed) await this.pause(wait);
    }
  }

  private async tryToConnect(): Promise<Link | undefined> {
    try {
      return await this.parts.connect();
    } catch (thrown) {
      // Just starting, just ending, or gone: the run list tells which, and this ends or goes on.
      this.parts.log(messageOf(thrown));
      return undefined;
    }
  }

  private async hold(link: Link): Promise<void> {
    if (this.disposed) {
      link.close();
      return;
    }
    this.link = link;
    link.onControl = () => this.parts.onControl();
    link.onHint = this.parts.onHint;
    this.parts.onControl();
    await link.closed;
    this.link = undefined;
    if (this.disposed) return;
    this.parts.onControl();
    this.parts.onLost();
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}

import type { ControlCommand } from '../shared/control';
import { UserError } from '../shared/userError';

/** A command on its way to the training loop. */
export interface QueuedCommand {
  readonly command: ControlCommand;
  /** Of commands that set a number. */
  readonly value: number | undefined;
  /** Tells the client what was made. */
  readonly done: (detail: string) => void;
  readonly failed: (thrown: unknown) => void;
}

/** Hands commands from the control socket and from signals to the loop, which takes them between steps. */
export class CommandQueue {
  private readonly queue: QueuedCommand[] = [];
  private wake: (() => void) | undefined;
  private closedFor: string | undefined;

  /** Adds a command; resolves when the loop has carried it out. */
  push(command: ControlCommand, value?: number): Promise<string> {
    if (this.closedFor !== undefined) return Promise.reject(new UserError(this.closedFor));
    return new Promise((done, failed) => {
      this.queue.push({ command, value, done, failed });
      this.wake?.();
    });
  }

  /** The next command, or undefined when none waits. */
  take(): QueuedCommand | undefined {
    return this.queue.shift();
  }

  /** Resolves when a command waits; costs no time until then. */
  async waiting(): Promise<void> {
    if (this.queue.length > 0) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
  }

  /** Refuses everything that still waits or comes later, with a reason. */
  close(reason: string): void {
    this.closedFor = reason;
    for (const { failed } of this.queue.splice(0)) failed(new UserError(reason));
  }
}

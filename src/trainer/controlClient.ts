import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { explainingDiskErrors } from '../runs/diskErrors';
import {
  trainerMessageSchema,
  type ClientMessage,
  type ControlCommand,
  type Hint,
  type TrainerMessage,
  type WhenGone,
} from '../shared/control';
import { runFile } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { parseMessage, readSocketLines } from './socketLines';

interface Pending {
  readonly resolve: (detail: string) => void;
  readonly reject: (thrown: unknown) => void;
}

/** A connection to a trainer's control socket. */
export class ControlClient {
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  /** Called for every hint. */
  onHint: (hint: Hint) => void = () => undefined;
  /** Called when this controller may command from now on, or may no longer. */
  onControl: (granted: boolean) => void = () => undefined;
  private mayCommand = false;
  /** Resolves when the trainer or the connection has gone. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()));
    void this.closed.then(() => {
      for (const { reject } of this.pending.values()) {
        reject(
          new UserError(
            `The trainer closed the connection before it answered; see ${runFile.log} in the run folder for why.`,
          ),
        );
      }
      this.pending.clear();
    });
  }

  /**
   * Connects and is let in. A controller knows from then on whether it may command, see
   * {@link granted}.
   *
   * @param options.whenGone what a controller wants to become of the training when it goes while
   *   it may command and nobody follows; the training goes on unless given
   * @throws UserError when nobody listens at the address, or the key is refused or cannot be read
   */
  static async connect(
    folder: string,
    address: string,
    role: 'owner' | 'controller' | 'watcher',
    options: { readonly whenGone?: WhenGone } = {},
  ): Promise<ControlClient> {
    const key = path.join(folder, runFile.controlKey);
    const token = (await explainingDiskErrors('read', key, () => readFile(key, 'utf8'))).trim();
    const socket = connect(address);
    const client = new ControlClient(socket);
    await new Promise<void>((resolve, reject) => {
      const refuse = (why: string): void =>
        reject(
          new UserError(
            `The trainer of ${folder} cannot be reached: ${why}; see ${runFile.log} there for what became of it.`,
          ),
        );
      socket.once('error', (error) => refuse(error.message));
      socket.once('close', () => refuse('it closed the connection'));
      readSocketLines(socket, (line) => {
        const message = parseMessage(trainerMessageSchema, line);
        if (message) client.receive(message);
        // A controller is told at once after its welcome whether it may command.
        if (message?.type === (role === 'controller' ? 'control' : 'welcome')) resolve();
      });
      client.send({ type: 'hello', token, role, ...options });
    });
    return client;
  }

  /** Whether this controller may command now; others can only watch or are the owner. */
  get granted(): boolean {
    return this.mayCommand;
  }

  /** Takes the command away from the controller that has it; {@link onControl} tells when. */
  takeControl(): void {
    this.send({ type: 'takeControl' });
  }

  /**
   * Sends a command. Resolves when it has been carried out, with what was made.
   *
   * @param value of `exactEvery`
   * @throws UserError when it failed or the trainer went away
   */
  command(command: ControlCommand, value?: number): Promise<string> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.send({ type: 'command', id, command, ...(value === undefined ? {} : { value }) });
    });
  }

  close(): void {
    this.socket.end();
  }

  private receive(message: TrainerMessage): void {
    switch (message.type) {
      case 'welcome':
        return;
      case 'hint':
        this.onHint(message);
        return;
      case 'control':
        if (message.granted === this.mayCommand) return;
        this.mayCommand = message.granted;
        this.onControl(message.granted);
        return;
      case 'reply':
        this.settle(message);
    }
  }

  private settle({ id, ok, detail }: Extract<TrainerMessage, { type: 'reply' }>): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (ok) pending?.resolve(detail);
    else pending?.reject(new UserError(detail));
  }

  private send(message: ClientMessage): void {
    if (this.socket.writable) this.socket.write(`${JSON.stringify(message)}\n`);
  }
}

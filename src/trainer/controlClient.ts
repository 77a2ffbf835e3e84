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
  /** Called when this controller may command, or may no longer. */
  onControl: (granted: boolean) => void = () => undefined;
  /** Resolves when the trainer or the connection has gone. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()));
    void this.closed.then(() => {
      for (const { reject } of this.pending.values()) {
        reject(new UserError('The trainer closed the connection before it answered.'));
      }
      this.pending.clear();
    });
  }

  /**
   * Connects and is let in.
   *
   * @throws UserError when nobody listens at the address, or the key is refused or cannot be read
   */
  static async connect(
    folder: string,
    address: string,
    role: 'owner' | 'controller' | 'watcher',
  ): Promise<ControlClient> {
    const key = path.join(folder, runFile.controlKey);
    const token = (await explainingDiskErrors('read', key, () => readFile(key, 'utf8'))).trim();
    const socket = connect(address);
    const client = new ControlClient(socket);
    await new Promise<void>((resolve, reject) => {
      const refuse = (why: string): void =>
        reject(new UserError(`The trainer of ${folder} cannot be reached: ${why}.`));
      socket.once('error', (error) => refuse(error.message));
      socket.once('close', () => refuse('it closed the connection'));
      readSocketLines(socket, (line) => {
        const message = parseMessage(trainerMessageSchema, line);
        if (message?.type === 'welcome') resolve();
        else if (message) client.receive(message);
      });
      client.send({ type: 'hello', token, role });
    });
    return client;
  }

  /**
   * Sends a command. Resolves when it has been carried out, with what was made.
   *
   * @throws UserError when it failed or the trainer went away
   */
  command(command: ControlCommand): Promise<string> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.send({ type: 'command', id, command });
    });
  }

  close(): void {
    this.socket.end();
  }

  private receive(message: Exclude<TrainerMessage, { type: 'welcome' }>): void {
    if (message.type === 'hint') {
      this.onHint(message);
      return;
    }
    if (message.type === 'control') {
      this.onControl(message.granted);
      return;
    }
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (message.ok) pending?.resolve(message.detail);
    else pending?.reject(new UserError(message.detail));
  }

  private send(message: ClientMessage): void {
    if (this.socket.writable) this.socket.write(`${JSON.stringify(message)}\n`);
  }
}

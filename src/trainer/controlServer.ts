import { timingSafeEqual } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { Logger } from '../runs/log';
import {
  clientMessageSchema,
  type ClientMessage,
  type ControlCommand,
  type Hint,
  type TrainerMessage,
  type WhenGone,
} from '../shared/control';
import { messageOf, UserError } from '../shared/userError';
import { ControlGrant, GRACE_MS } from './controlGrant';
import { socketAddress } from './socketAddress';
import { parseMessage, readSocketLines } from './socketLines';

/** At most ten hints a second. */
const HINT_INTERVAL_MS = 100;
/** A client that does not say hello in this time is turned away. */
const HELLO_TIMEOUT_MS = 5_000;
/** No command is longer; more without a line end is not one of our clients. */
const MAX_LINE_LENGTH = 4_096;
/** More answers than this that nobody reads are not kept. */
const MAX_UNREAD_BYTES = 65_536;
/** Windows, command lines and scripts of one run are far fewer. */
const MAX_CONNECTIONS = 100;
/** How long a client may take to read the last words before it is cut off. */
const FAREWELL_MS = 500;
const NOT_GRANTED = 'Another window or program controls this run; take control of it first.';

/** Carries out a command and says what was made. */
export type CommandHandler = (command: ControlCommand, value?: number) => Promise<string>;

export interface ControlServerOptions {
  readonly folder: string;
  readonly runId: string;
  readonly token: string;
  readonly onCommand: CommandHandler;
  /** The client that owns this trainer has gone. */
  readonly onOwnerGone: () => void;
  /** The controller that could command has gone, nobody followed it, and this is what it wanted. */
  readonly onAbandoned: (then: Exclude<WhenGone, 'keepTraining'>) => void;
  readonly log: Logger;
  /** How long to wait for a controller that comes back, for tests. */
  readonly graceMs?: number;
}

type Hello = Extract<ClientMessage, { type: 'hello' }>;

/** A connection that was let in. */
interface Client {
  readonly socket: Socket;
  readonly role: Hello['role'];
  /** Tells controllers apart in the log; the first that came is 1. */
  readonly number: number;
}

/**
 * The control socket of a trainer: JSON lines, the same user only. Clients that were let in get
 * hints; a hint that a slow client cannot take is dropped, because the run folder has it all.
 */
export class ControlServer {
  /** Every connection, also of those that did not say hello yet. */
  private readonly connections = new Set<Socket>();
  private readonly clients = new Set<Client>();
  private readonly grant: ControlGrant<Client>;
  private controllersSeen = 0;
  private lastHint = 0;
  /** The newest urgent hint that came too early; its timer sends it. */
  private held: Omit<Hint, 'type'> | undefined;

  private constructor(
    private readonly server: Server,
    readonly address: string,
    private readonly options: ControlServerOptions,
  ) {
    this.grant = new ControlGrant<Client>(
      {
        onChange: ({ socket, number }, granted) => {
          if (granted) options.log.info(`Controller ${number} has control.`);
          send(socket, { type: 'control', granted });
        },
        onAbandoned: (then) => {
          // Who started the training for itself still controls it, and stops it when it goes.
          if (![...this.clients].some(({ role }) => role === 'owner')) options.onAbandoned(then);
        },
      },
      options.graceMs ?? GRACE_MS,
    );
  }

  /**
   * Opens the socket.
   *
   * @throws UserError where the system refuses
   */
  static async listen(options: ControlServerOptions): Promise<ControlServer> {
    const address = await socketAddress(options.folder);
    const server = createServer();
    server.maxConnections = MAX_CONNECTIONS;
    try {
      if (process.platform !== 'win32') await rm(address, { force: true });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(address, resolve);
      });
      if (process.platform !== 'win32') await chmod(address, 0o600);
    } catch (cause) {
      throw new UserError(
        `The control socket ${address} cannot be opened (${messageOf(cause)}); set TMPDIR to a folder with a short path that you can write to.`,
        { cause },
      );
    }
    const control = new ControlServer(server, address, options);
    server.on('connection', (socket) => control.admit(socket));
    server.on('error', (error) => options.log.warn(`Control socket: ${error.message}`));
    return control;
  }

  /**
   * Tells every client that the run folder has something new. Of hints that come too fast the
   * urgent ones wait, and the newest of them is sent; the others are dropped.
   */
  hint(hint: Omit<Hint, 'type'>, urgent = false): void {
    const wait = this.lastHint + HINT_INTERVAL_MS - performance.now();
    if (wait <= 0) {
      this.held = undefined;
      this.broadcast(hint);
      return;
    }
    if (!urgent) return;
    if (this.held === undefined) setTimeout(() => this.sendHeld(), wait);
    this.held = hint;
  }

  private sendHeld(): void {
    if (this.held !== undefined) this.broadcast(this.held);
    this.held = undefined;
  }

  private broadcast(hint: Omit<Hint, 'type'>): void {
    this.lastHint = performance.now();
    for (const { socket } of this.clients) {
      if (!socket.writableNeedDrain) send(socket, { type: 'hint', ...hint });
    }
  }

  /**
   * Closes the socket and every connection, after what was written has gone out. Clients that do
   * not read or do not hang up cannot delay the end for long.
   */
  async close(): Promise<void> {
    this.sendHeld();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.clients.clear();
    this.grant.close();
    for (const connection of this.connections) connection.end();
    const timer = setTimeout(() => {
      for (const connection of this.connections) connection.destroy();
    }, FAREWELL_MS);
    await closed;
    clearTimeout(timer);
  }

  private admit(socket: Socket): void {
    this.connections.add(socket);
    const timer = setTimeout(() => socket.destroy(), HELLO_TIMEOUT_MS);
    let client: Client | undefined;
    socket.on('error', (error) => this.options.log.warn(`Control client: ${error.message}`));
    socket.on('close', () => {
      clearTimeout(timer);
      this.connections.delete(socket);
      if (client) this.dismiss(client);
    });
    limitLineLength(socket);
    readSocketLines(socket, (line) => {
      // What had arrived before it was disconnected.
      if (socket.destroyed) return;
      const message = parseMessage(clientMessageSchema, line);
      if (message?.type === 'hello' && !client && this.tokenFits(message.token)) {
        clearTimeout(timer);
        client = this.welcome(socket, message);
        return;
      }
      if (message && client && this.serve(client, message)) return;
      this.options.log.warn('A control client sent something it may not; it was disconnected.');
      socket.destroy();
    });
  }

  private welcome(socket: Socket, { role, whenGone = 'keepTraining' }: Hello): Client {
    const isController = role === 'controller';
    const client: Client = { socket, role, number: isController ? ++this.controllersSeen : 0 };
    this.clients.add(client);
    send(socket, { type: 'welcome', runId: this.options.runId });
    if (isController) this.grant.join(client, whenGone);
    return client;
  }

  private dismiss(client: Client): void {
    // Whoever is still there when the server closes is not going by itself.
    if (!this.clients.delete(client)) return;
    if (client.role === 'owner') this.options.onOwnerGone();
    if (client.role === 'controller') this.grant.leave(client);
  }

  /** Does what a client asks for; false where it may not ask for that. */
  private serve(client: Client, message: ClientMessage): boolean {
    const { socket, role, number } = client;
    if (message.type === 'command' && role !== 'watcher') {
      if (role === 'owner' || this.grant.isHeldBy(client)) void this.carryOut(socket, message);
      else send(socket, { type: 'reply', id: message.id, ok: false, detail: NOT_GRANTED });
      return true;
    }
    if (message.type === 'takeControl' && role === 'controller') {
      this.options.log.info(`Controller ${number} takes control.`);
      this.grant.take(client);
      return true;
    }
    return false;
  }

  private async carryOut(
    socket: Socket,
    { id, command, value }: Extract<ClientMessage, { type: 'command' }>,
  ): Promise<void> {
    try {
      const detail = await this.options.onCommand(command, value);
      send(socket, { type: 'reply', id, ok: true, detail });
    } catch (thrown) {
      send(socket, { type: 'reply', id, ok: false, detail: messageOf(thrown) });
    }
  }

  private tokenFits(token: string): boolean {
    const given = Buffer.from(token);
    const expected = Buffer.from(this.options.token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function limitLineLength(socket: Socket): void {
  let pending = 0;
  socket.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf(10);
    pending = end < 0 ? pending + chunk.length : chunk.length - end - 1;
    if (pending > MAX_LINE_LENGTH) socket.destroy();
  });
}

function send(socket: Socket, message: TrainerMessage): void {
  if (!socket.writable) return;
  socket.write(`${JSON.stringify(message)}\n`);
  if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
}
